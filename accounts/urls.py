from django.urls import path

from accounts import views

urlpatterns = [
    path("", views.profile, name="profile"),
    path("menu/", views.menu, name="account-menu"),
    path("sign-in/", views.sign_in, name="account-sign-in-fragment"),
    path("sessions/<int:pk>/end/", views.end_session, name="end-session"),
]
