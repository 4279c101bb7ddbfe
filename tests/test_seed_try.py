import pytest, time
from django.db import connections
def test_seed(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        from locality.demo import services
        import logging; logging.basicConfig(level="WARNING")
        from locality.demo.services import telling
        out=[]
        orig=telling.tell
        def tell(*a):
            r=orig(*a); out.extend(r); return r
        import locality.demo.services as S
        S.tell=tell
        t=time.time()
        services.make_area("tiny", 1, lambda s: print(s, round(time.time()-t,1)))
        print("TOOK", time.time()-t)
        for o in out: print("REFUSED", o)
