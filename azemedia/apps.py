from django.contrib.admin.apps import AdminConfig


class NewsroomConfig(AdminConfig):
    """Django's admin with the newsroom's own site as the default, so that packages register there too."""

    default_site = "articles.admin.site.newsroom"
