// First thing in the body: say that JavaScript runs, so that style sheets may rely on it.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
