"""What may go wrong before Locality itself runs, each as one sentence."""

import errno
import re
from pathlib import Path


class Trouble(Exception):
    """Something outside Locality stops it; the text is one sentence for whoever typed `make`."""


NO_NETWORK = (
    r"NewConnectionError|ConnectTimeout|ReadTimeout|Connection refused|Name or service not known"
    r"|Temporary failure in name resolution|Network is unreachable|No route to host"
    r"|getaddrinfo failed|ProxyError|SSLError|Connection broken|Could not resolve|ENOTFOUND"
    r"|Max retries exceeded|Failed to fetch"
)
NO_DISK = r"No space left on device|Errno 28|ENOSPC|Disk quota exceeded"
WRONG_FILE = r"DO NOT MATCH THE HASHES"
NO_FILE = r"No matching distribution found for (\S+)"


def of_installing(said: str, log: Path) -> Trouble:
    """Say in one sentence why an installer that said `said` failed."""
    if re.search(NO_DISK, said):
        return Trouble("The disk is full: make room and run the same command again.")
    if re.search(NO_NETWORK, said):
        return Trouble(
            "The packages could not be fetched: there is no connection. Connect this machine to "
            f"the network and run the same command again (details: {log})."
        )
    if re.search(WRONG_FILE, said):
        return Trouble(f"A package is not the one the lock names, so nothing was kept: see {log}.")
    if missing := re.search(NO_FILE, said):
        return Trouble(f"There is no {missing[1]} for this machine and this Python: see {log}.")
    return Trouble(f"The packages could not be installed: see {log}.")


def of_system(error: OSError) -> Trouble:
    """Say in one sentence what the operating system refused."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Trouble("The disk is full: make room and run the same command again.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Trouble(f"Locality may not write {error.filename}: change whose it is, or move.")
    return Trouble(f"The system refused {error.filename or 'something'}: {error.strerror}.")
