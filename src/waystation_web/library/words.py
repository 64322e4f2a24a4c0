"""What the codes of the library are called, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KINDS = {"opinion": _("opinion article"), "news": _("news article"), "magazine": _("magazine article"),
         "scholarly": _("scholarly article"), "book": _("book"), "report": _("report"), "film": _("film"),
         "video": _("video"), "broadcast": _("broadcast"), "review": _("review"), "interview": _("interview"),
         "page": _("web page"), "post": _("post"), "newsletter": _("newsletter"), "speech": _("speech")}
GENRES = {"people": _("people"), "storytelling": _("storytelling"), "opinion": _("opinion"),
          "documentary": _("documentary"), "short_film": _("short film"), "music_video": _("music video"),
          "fiction": _("fiction"), "reenactment": _("re-enactment"), "animation": _("animation"), "memoir": _("memoir"),
          "history": _("history"), "law": _("law"), "politics": _("politics"), "religion": _("religion"),
          "culture": _("culture"), "research": _("research")}
ROLES = {"writer": _("writer"), "film_maker": _("film maker"), "official": _("public official"),
         "scholar": _("scholar"), "journalist": _("journalist"), "campaigner": _("campaigner"),
         "religious": _("religious leader"),
         "survivor_author": _("survivor who publishes under this name")}
WHY = {"weather": _("weather"), "advert": _("an advertisement"), "sign_up": _("a sign-up for readers"),
       "share": _("a button"), "cookies": _("the site's own rules"), "counter": _("a counter"),
       "rights": _("a notice of rights"), "related": _("a pointer elsewhere"), "comments": _("room for comments"),
       "menu": _("a menu"), "contact": _("only a way to reach somebody"), "title": _("the title"),
       "author": _("the author"), "day": _("the day"), "not_chosen": _("not chosen")}
WAYS = {"address": _("e-mail addresses"), "phone": _("telephone numbers"), "handle": _("handles")}
FORMS = {"pdf": _("PDF, to read and print"), "docx": _("DOCX, to work on further"), "txt": _("plain text")}
LANGUAGES = {"en": _("English"), "ko": _("Korean")}
NOT_BRIEFED = {
    "nothing": _("Nothing is chosen. Choose one publication, note or person at least."),
    "note": _("A note does not say who wrote it and on what it rests. Write both down first."),
    "person": _("Nothing says where this person acts in public. Write a source down first."),
    "reach": _("This says how to reach somebody. Take that out of it first."),
}
NOT_PRINTED = _("The file could not be made. Choose another form, or try again.")
READERS = _("This is a list of people with their addresses, not a publication. Nothing of it was kept. Who asked to be "
            "told of publications never stands in this office: delete that list from here, or keep it elsewhere.")
