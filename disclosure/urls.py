"""Addresses of the public site; their names are used by every template."""

from django.urls import path

from disclosure.web import appearance, departments, documents, home, indexing, pages, search, verifying

app_name = "public"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("documents/<uuid:document_id>/", documents.document, name="document"),
    path("departments/", departments.departments, name="departments"),
    path("departments/<str:uscc>/", departments.department, name="department"),
    path("changes/", home.changes, name="changes"),
    path("verify/", verifying.verify, name="verify"),
    path("verifier.py", verifying.verifier, name="verifier"),
    path("about/", pages.about, name="about"),
    path("terms/", pages.terms, name="terms"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("appearance/", appearance.appearance, name="appearance"),
    path("robots.txt", indexing.robots, name="robots"),
    path("sitemap.xml", indexing.sitemap, name="sitemap"),
    path("sitemap-<int:part>.xml", indexing.sitemap_part, name="sitemap_part"),
]
