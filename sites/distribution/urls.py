"""The distribution screens on the editors' side."""

from django.urls import path

from . import views

app_name = "distribution"
urlpatterns = [
    path("", views.BoardView.as_view(), name="board"),
    path("nhan/", views.InboxView.as_view(), name="inbox"),
    path("nhan/<int:pk>/", views.DecideView.as_view(), name="decide"),
    path("trang/<int:page_id>/", views.PushView.as_view(), name="push"),
    path("<int:pk>/", views.DetailView.as_view(), name="detail"),
    path("<int:pk>/thu-hoi/", views.RecallView.as_view(), name="recall"),
]
