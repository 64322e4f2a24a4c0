"""Addresses of the door and of people."""

from __future__ import annotations

from django.urls import path

from . import views, views_enrol, views_me, views_people

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/passkey/", views.passkey_options, name="passkey-options"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("leave/", views.leave, name="leave"),
    path("blank/", views.blank, name="blank"),
    path("language/", views.language, name="language"),
    path("step-up/", views.step_up, name="step-up"),
    path("set-up/", views_enrol.set_up, name="set-up"),
    path("enrol/", views_enrol.enrol, name="enrol"),
    path("enrol/passkey/", views_enrol.enrol_passkey, name="enrol-passkey"),
    path("me/", views_me.me, name="me"),
    path("me/words/", views_me.words, name="me-words"),
    path("me/totp/", views_me.totp, name="me-totp"),
    path("me/passkey/", views_me.passkey, name="me-passkey"),
    path("me/settings/", views_me.change_settings, name="me-settings"),
    path("me/trust/", views_me.confirm_trust, name="me-trust"),
    path("lock/", views_me.lock_me, name="lock-me"),
    path("people/", views_people.everybody, name="people"),
    path("people/invite/", views_people.invite, name="invite"),
    path("people/<id:account>/", views_people.person, name="person"),
    path("people/<id:account>/certify/", views_people.certify, name="certify"),
    path("people/<id:account>/lock/", views_people.lock, name="lock"),
    path("people/<id:account>/unlock/", views_people.unlock, name="unlock"),
    path("people/<id:account>/remove/", views_people.remove, name="remove"),
    path("people/<id:account>/roles/", views_people.change_roles, name="roles"),
    path("people/<id:account>/reset-factor/", views_people.reset_factor, name="reset-factor"),
]
