/* A page that answers a form is kept by the browser, on disk, with all that was typed, a few seconds after it came. So it
   becomes, at once, a page that was only asked for. First in the head, and cached for good: it must not wait for a network.
   Change its number with its content. */
history.replaceState(null, "", location.href);
