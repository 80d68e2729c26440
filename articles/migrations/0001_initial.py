import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import taggit.managers
from django.conf import settings
from django.db import migrations, models

import articles.models.author
import articles.models.image
import articles.models.outlet
import articles.models.site


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Article",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the page's address. Left empty, it is made from the name.",
                        max_length=200,
                        unique=True,
                        verbose_name="address",
                    ),
                ),
                ("headline", models.CharField(max_length=250)),
                (
                    "short_headline",
                    models.CharField(
                        blank=True, help_text="For cards, where the headline is long.", max_length=100
                    ),
                ),
                (
                    "kicker",
                    models.CharField(
                        blank=True, help_text="A word or two above the headline.", max_length=40
                    ),
                ),
                (
                    "standfirst",
                    models.TextField(
                        blank=True,
                        help_text="The sentence or two below the headline; cards show it too.",
                        max_length=600,
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("az", "Azerbaijani"),
                            ("ru", "Russian"),
                            ("tr", "Turkish"),
                            ("fa", "Persian"),
                            ("ka", "Georgian"),
                            ("hy", "Armenian"),
                            ("uk", "Ukrainian"),
                            ("kk", "Kazakh"),
                            ("uz", "Uzbek"),
                            ("tk", "Turkmen"),
                            ("ar", "Arabic"),
                            ("he", "Hebrew"),
                            ("ur", "Urdu"),
                            ("zh", "Chinese"),
                            ("ja", "Japanese"),
                            ("ko", "Korean"),
                            ("de", "German"),
                            ("fr", "French"),
                            ("it", "Italian"),
                            ("es", "Spanish"),
                            ("pt", "Portuguese"),
                            ("nl", "Dutch"),
                            ("pl", "Polish"),
                            ("hu", "Hungarian"),
                            ("ro", "Romanian"),
                            ("cs", "Czech"),
                            ("el", "Greek"),
                            ("bg", "Bulgarian"),
                            ("sv", "Swedish"),
                        ],
                        default="en",
                        max_length=8,
                    ),
                ),
                (
                    "contributor_note",
                    models.TextField(
                        blank=True, help_text="A line at the end about a guest author.", max_length=500
                    ),
                ),
                (
                    "lead_caption",
                    models.CharField(
                        blank=True,
                        help_text="Left empty, the picture's own is printed.",
                        max_length=500,
                        verbose_name="caption here",
                    ),
                ),
                (
                    "lead_alt",
                    models.CharField(
                        blank=True,
                        help_text="Left empty, the picture's own.",
                        max_length=300,
                        verbose_name="description (alt text) here",
                    ),
                ),
                (
                    "social_card",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="The file drawn for social networks where there is no picture; empty until it is drawn.",
                        max_length=100,
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("exclusive", "Exclusive"),
                            ("translation", "Translation"),
                            ("reprint", "Reprint"),
                            ("agency", "Agency"),
                        ],
                        default="exclusive",
                        max_length=12,
                    ),
                ),
                (
                    "original_url",
                    models.URLField(blank=True, max_length=500, verbose_name="original address"),
                ),
                ("original_title", models.CharField(blank=True, max_length=250)),
                (
                    "original_language",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("en", "English"),
                            ("az", "Azerbaijani"),
                            ("ru", "Russian"),
                            ("tr", "Turkish"),
                            ("fa", "Persian"),
                            ("ka", "Georgian"),
                            ("hy", "Armenian"),
                            ("uk", "Ukrainian"),
                            ("kk", "Kazakh"),
                            ("uz", "Uzbek"),
                            ("tk", "Turkmen"),
                            ("ar", "Arabic"),
                            ("he", "Hebrew"),
                            ("ur", "Urdu"),
                            ("zh", "Chinese"),
                            ("ja", "Japanese"),
                            ("ko", "Korean"),
                            ("de", "German"),
                            ("fr", "French"),
                            ("it", "Italian"),
                            ("es", "Spanish"),
                            ("pt", "Portuguese"),
                            ("nl", "Dutch"),
                            ("pl", "Polish"),
                            ("hu", "Hungarian"),
                            ("ro", "Romanian"),
                            ("cs", "Czech"),
                            ("el", "Greek"),
                            ("bg", "Bulgarian"),
                            ("sv", "Swedish"),
                        ],
                        max_length=8,
                    ),
                ),
                ("original_on", models.DateField(blank=True, null=True, verbose_name="original date")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("ready", "Ready"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="In the future: it appears by itself then.",
                        null=True,
                        verbose_name="publication time",
                    ),
                ),
                (
                    "revised_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Shown to readers as “Updated”; only for a real change.",
                        null=True,
                        verbose_name="updated",
                    ),
                ),
                (
                    "embargoed_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="It cannot be published to appear before this moment.",
                        null=True,
                    ),
                ),
                (
                    "breaking_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="Readers see it labelled “Breaking” until this moment.",
                        null=True,
                    ),
                ),
                (
                    "withdrawal_note",
                    models.TextField(
                        blank=True,
                        help_text="What readers who follow the old address are told.",
                        max_length=500,
                    ),
                ),
                (
                    "seo_title",
                    models.CharField(blank=True, max_length=120, verbose_name="title for search engines"),
                ),
                (
                    "seo_description",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="description for search engines"
                    ),
                ),
                ("word_count", models.PositiveIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "import_ref",
                    models.CharField(blank=True, editable=False, max_length=200, null=True, unique=True),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-published_at", "-pk"],
                "permissions": [
                    ("submit_article", "Can submit an article for review"),
                    ("review_article", "Can approve an article or send it back"),
                    ("publish_article", "Can publish and schedule an article"),
                    ("withdraw_article", "Can withdraw an article"),
                    ("correct_article", "Can print a correction"),
                    ("change_others_article", "Can see and change other people's articles"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("at", models.DateTimeField(null=True)),
                ("is_hard", models.BooleanField()),
                ("is_applied", models.BooleanField()),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Menu",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[("header", "Header"), ("mobile", "Mobile"), ("footer", "Footer")],
                        max_length=8,
                        unique=True,
                    ),
                ),
            ],
            options={
                "ordering": ["place"],
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, unique=True)),
                ("slug", models.SlugField(blank=True, max_length=100, unique=True, verbose_name="address")),
                (
                    "description",
                    models.TextField(blank=True, help_text="One or two sentences at the head of its page."),
                ),
                (
                    "import_ref",
                    models.CharField(blank=True, editable=False, max_length=200, null=True, unique=True),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="articles.article",
                    ),
                ),
                ("headline", models.TextField()),
                ("standfirst", models.TextField()),
                ("names", models.TextField(help_text="Authors, categories, tags and the outlet.")),
                ("text", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Author",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the page's address. Left empty, it is made from the name.",
                        max_length=200,
                        unique=True,
                        verbose_name="address",
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "is_house",
                    models.BooleanField(
                        default=False,
                        help_text="An organisation's byline, such as the newsroom's own.",
                        verbose_name="house byline",
                    ),
                ),
                (
                    "affiliation",
                    models.CharField(
                        blank=True,
                        help_text="Position today. Each credit keeps the one of its day.",
                        max_length=200,
                    ),
                ),
                ("biography", models.TextField(blank=True)),
                (
                    "links",
                    models.TextField(
                        blank=True,
                        help_text="One a line: a label and a web address, or the address alone.",
                        validators=[articles.models.author.check_links],
                    ),
                ),
                (
                    "import_ref",
                    models.CharField(blank=True, editable=False, max_length=200, null=True, unique=True),
                ),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        help_text="The account of the person, where there is one.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="author",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Category",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the section's address. Left empty, it is made from the name.",
                        max_length=100,
                        verbose_name="address",
                    ),
                ),
                ("stored_path", models.CharField(editable=False, max_length=201, unique=True)),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "description",
                    models.TextField(blank=True, help_text="One or two sentences at the head of its page."),
                ),
                ("active_from", models.DateTimeField(blank=True, null=True)),
                (
                    "active_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="For an event: after this moment it leaves the menus by itself. Its page stays.",
                        null=True,
                    ),
                ),
                (
                    "import_ref",
                    models.CharField(blank=True, editable=False, max_length=200, null=True, unique=True),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        help_text="A section's page lists the articles of its sub-sections too.",
                        limit_choices_to={"parent": None},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="articles.category",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "categories",
                "ordering": ["position", "name"],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="primary_category",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="primary_articles",
                to="articles.category",
            ),
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(help_text="What was wrong, and what is right.", max_length=1000)),
                (
                    "corrected_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="date"),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="articles.article",
                    ),
                ),
            ],
            options={
                "ordering": ["corrected_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Credit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("writer", "Writer"),
                            ("translator", "Translator"),
                            ("photographer", "Photographer"),
                            ("editor", "Editor"),
                        ],
                        default="writer",
                        max_length=12,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "affiliation",
                    models.CharField(
                        blank=True, help_text="Left empty, the author's present one is kept.", max_length=200
                    ),
                ),
                ("listed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="credits",
                        to="articles.article",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="credits",
                        to="articles.author",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="authors",
            field=models.ManyToManyField(
                blank=True, related_name="articles", through="articles.Credit", to="articles.author"
            ),
        ),
        migrations.CreateModel(
            name="Filing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("listed_at", models.DateTimeField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="filings",
                        to="articles.article",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="filings",
                        to="articles.category",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FurtherCategory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "article",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="articles.article"),
                ),
                (
                    "category",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="articles.category"),
                ),
            ],
            options={
                "verbose_name_plural": "further categories",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="further_categories",
            field=models.ManyToManyField(
                blank=True,
                related_name="further_articles",
                through="articles.FurtherCategory",
                to="articles.category",
            ),
        ),
        migrations.CreateModel(
            name="Image",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        blank=True, help_text="To find it again; never shown to readers.", max_length=200
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("photograph", "Photograph"),
                            ("graphic", "Graphic, map or drawing"),
                            ("logo", "Logo"),
                        ],
                        default="photograph",
                        help_text="Graphics and logos keep their transparency; only a logo may be an SVG.",
                        max_length=12,
                    ),
                ),
                (
                    "original",
                    models.ImageField(
                        max_length=200, upload_to=articles.models.image.original_path, verbose_name="file"
                    ),
                ),
                ("key", models.CharField(editable=False, max_length=32, unique=True)),
                ("width", models.PositiveIntegerField(editable=False)),
                ("height", models.PositiveIntegerField(editable=False)),
                (
                    "file_size",
                    models.PositiveIntegerField(
                        default=0, editable=False, help_text="Of the original, in bytes."
                    ),
                ),
                (
                    "colour",
                    models.CharField(
                        blank=True, editable=False, help_text="Its average, as #rrggbb.", max_length=7
                    ),
                ),
                (
                    "fingerprint",
                    models.BigIntegerField(
                        editable=False, help_text="64 bits that look-alikes share but for a few.", null=True
                    ),
                ),
                ("is_animated", models.BooleanField(default=False, editable=False)),
                (
                    "plays",
                    models.BooleanField(
                        default=True,
                        help_text="Otherwise its first frame stands for it.",
                        verbose_name="keep the animation",
                    ),
                ),
                (
                    "alt_text",
                    models.CharField(
                        blank=True,
                        help_text="What the picture shows, for those who do not see it. A file name is none.",
                        max_length=300,
                        verbose_name="description (alt text)",
                    ),
                ),
                ("caption", models.CharField(blank=True, max_length=500)),
                (
                    "credit",
                    models.CharField(
                        blank=True, help_text="The photographer or rights holder.", max_length=200
                    ),
                ),
                ("agency", models.CharField(blank=True, max_length=100)),
                ("taken_on", models.DateField(blank=True, null=True)),
                (
                    "rights",
                    models.CharField(
                        blank=True,
                        help_text="Licence or agreement under which we may print it.",
                        max_length=300,
                    ),
                ),
                (
                    "rights_expire_at",
                    models.DateTimeField(
                        blank=True, help_text="From then on it cannot be published anew.", null=True
                    ),
                ),
                (
                    "focal_x",
                    models.FloatField(
                        default=0.5,
                        help_text="Where crops centre: 0 is the left edge, 1 the right.",
                        validators=[
                            django.core.validators.MinValueValidator(0.0),
                            django.core.validators.MaxValueValidator(1.0),
                        ],
                    ),
                ),
                (
                    "focal_y",
                    models.FloatField(
                        default=0.5,
                        help_text="Where crops centre: 0 is the top edge, 1 the bottom.",
                        validators=[
                            django.core.validators.MinValueValidator(0.0),
                            django.core.validators.MaxValueValidator(1.0),
                        ],
                    ),
                ),
                ("rendered_at", models.DateTimeField(editable=False, null=True)),
                ("claimed_until", models.DateTimeField(editable=False, null=True)),
                (
                    "import_ref",
                    models.CharField(blank=True, editable=False, max_length=200, null=True, unique=True),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="category",
            name="cover",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="articles.image",
            ),
        ),
        migrations.AddField(
            model_name="author",
            name="photo",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="articles.image",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="lead_image",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lead_articles",
                to="articles.image",
            ),
        ),
        migrations.CreateModel(
            name="Outlet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True)),
                ("slug", models.SlugField(max_length=120, unique=True, verbose_name="short name")),
                (
                    "url",
                    models.URLField(blank=True, help_text="The outlet's own site.", verbose_name="address"),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("az", "Azerbaijani"),
                            ("ru", "Russian"),
                            ("tr", "Turkish"),
                            ("fa", "Persian"),
                            ("ka", "Georgian"),
                            ("hy", "Armenian"),
                            ("uk", "Ukrainian"),
                            ("kk", "Kazakh"),
                            ("uz", "Uzbek"),
                            ("tk", "Turkmen"),
                            ("ar", "Arabic"),
                            ("he", "Hebrew"),
                            ("ur", "Urdu"),
                            ("zh", "Chinese"),
                            ("ja", "Japanese"),
                            ("ko", "Korean"),
                            ("de", "German"),
                            ("fr", "French"),
                            ("it", "Italian"),
                            ("es", "Spanish"),
                            ("pt", "Portuguese"),
                            ("nl", "Dutch"),
                            ("pl", "Polish"),
                            ("hu", "Hungarian"),
                            ("ro", "Romanian"),
                            ("cs", "Czech"),
                            ("el", "Greek"),
                            ("bg", "Bulgarian"),
                            ("sv", "Swedish"),
                        ],
                        default="en",
                        max_length=8,
                    ),
                ),
                (
                    "credit_wording",
                    models.CharField(
                        blank=True,
                        help_text="If it asks for words of its own. {outlet}, {title}, {language} and {date} are filled in.",
                        max_length=200,
                        validators=[articles.models.outlet.check_wording],
                    ),
                ),
                (
                    "canonical",
                    models.CharField(
                        choices=[
                            ("ours", "Our page (search engines list ours)"),
                            ("original", "The original (search engines list theirs)"),
                        ],
                        default="ours",
                        max_length=8,
                        verbose_name="canonical address",
                    ),
                ),
                (
                    "import_ref",
                    models.CharField(blank=True, editable=False, max_length=200, null=True, unique=True),
                ),
                (
                    "logo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="articles.image",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="outlet",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="articles",
                to="articles.outlet",
            ),
        ),
        # The last of its columns: SQLite goes through whatever is long to come to what is behind it.
        migrations.AddField(
            model_name="article",
            name="body",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="article",
            name="body_html",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.CreateModel(
            name="Page",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        help_text="The last part of the page's address. Left empty, it is made from the name.",
                        max_length=200,
                        unique=True,
                        verbose_name="address",
                    ),
                ),
                ("title", models.CharField(max_length=150)),
                ("standfirst", models.TextField(blank=True, max_length=600)),
                ("is_published", models.BooleanField(default=True, verbose_name="published")),
                (
                    "version",
                    models.CharField(
                        blank=True,
                        help_text="For a policy: readers see which version they agree to.",
                        max_length=20,
                    ),
                ),
                ("effective_on", models.DateField(blank=True, null=True, verbose_name="in force from")),
                (
                    "seo_description",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="description for search engines"
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "import_ref",
                    models.CharField(blank=True, editable=False, max_length=200, null=True, unique=True),
                ),
                ("body", models.TextField(blank=True)),
                ("body_html", models.TextField(blank=True, editable=False)),
            ],
            options={
                "ordering": ["title"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "slug__in",
                                [
                                    "accounts",
                                    "admin",
                                    "api",
                                    "author",
                                    "category",
                                    "digest",
                                    "feed",
                                    "livez",
                                    "media",
                                    "offline",
                                    "page",
                                    "readyz",
                                    "search",
                                    "static",
                                    "styleguide",
                                    "tag",
                                    "wp-admin",
                                    "wp-content",
                                    "wp-includes",
                                    "wp-json",
                                ],
                            ),
                            _negated=True,
                        ),
                        name="page_is_not_reserved",
                        violation_error_message="This word is an address of the site itself; choose another.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MenuItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "label",
                    models.CharField(
                        blank=True, help_text="Left empty, the name of what it leads to.", max_length=60
                    ),
                ),
                ("url", models.CharField(blank=True, max_length=300, null=True, verbose_name="address")),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.category",
                    ),
                ),
                (
                    "menu",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="articles.menu"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="articles.menuitem",
                        verbose_name="under",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.page",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Illustration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="illustrations",
                        to="articles.article",
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="illustrations",
                        to="articles.image",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="illustrations",
                        to="articles.page",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PartnerLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("url", models.URLField(verbose_name="address")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="shown from")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="shown until")),
                (
                    "logo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="articles.image",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "name"],
            },
        ),
        migrations.CreateModel(
            name="Placement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slot",
                    models.CharField(
                        choices=[("lead", "Lead"), ("secondary", "Beside the lead")],
                        default="lead",
                        max_length=10,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "starts_at",
                    models.DateTimeField(
                        blank=True, default=django.utils.timezone.now, null=True, verbose_name="from"
                    ),
                ),
                (
                    "ends_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Left empty: until you remove it.",
                        null=True,
                        verbose_name="until",
                    ),
                ),
                (
                    "is_live",
                    models.BooleanField(
                        default=False,
                        help_text="Labelled “Live” while it stands there; say until when.",
                        verbose_name="live",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="placements",
                        to="articles.article",
                    ),
                ),
            ],
            options={
                "ordering": ["slot", "position", "-starts_at"],
            },
        ),
        migrations.CreateModel(
            name="RelatedArticle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("is_picked", models.BooleanField(default=True, editable=False)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="related_rows",
                        to="articles.article",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="related_as",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "related articles",
                "ordering": ["-is_picked", "position", "pk"],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="related",
            field=models.ManyToManyField(
                blank=True,
                related_name="related_from",
                through="articles.RelatedArticle",
                to="articles.article",
            ),
        ),
        migrations.CreateModel(
            name="SiteSettings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(default="Aze.Media", max_length=60)),
                ("tagline", models.CharField(blank=True, default="Daily Digest", max_length=100)),
                (
                    "start_year",
                    models.PositiveSmallIntegerField(
                        default=2021,
                        validators=[
                            django.core.validators.MinValueValidator(1800),
                            django.core.validators.MaxValueValidator(2200),
                        ],
                    ),
                ),
                ("mission", models.TextField(blank=True, verbose_name="mission text")),
                (
                    "place",
                    models.CharField(
                        blank=True, help_text="Beside the date in the masthead: Baku.", max_length=60
                    ),
                ),
                ("contact_email", models.EmailField(blank=True, max_length=254)),
                (
                    "social_profiles",
                    models.TextField(
                        blank=True,
                        help_text="One a line: a label and a web address.",
                        validators=[articles.models.author.check_links],
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("az", "Azərbaycanca"), ("ru", "Русский")],
                        default="en",
                        help_text="Of buttons, dates, account pages and e-mails. Articles have languages of their own.",
                        max_length=2,
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(
                        default="Asia/Baku", max_length=64, validators=[articles.models.site.check_time_zone]
                    ),
                ),
                (
                    "reading_speed",
                    models.PositiveSmallIntegerField(
                        default=100,
                        help_text="Words a minute, for “min read”.",
                        validators=[
                            django.core.validators.MinValueValidator(20),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                    ),
                ),
                (
                    "consent_text",
                    models.TextField(
                        blank=True, help_text="The notice at the foot of the page. Left empty, there is none."
                    ),
                ),
                (
                    "consent_version",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="A higher number asks everybody again."
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "logo",
                    models.ForeignKey(
                        blank=True,
                        help_text="Left empty, the name is set in the site's own type.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="articles.image",
                    ),
                ),
                (
                    "logo_dark",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="articles.image",
                        verbose_name="logo on dark",
                    ),
                ),
                (
                    "logo_footer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="articles.image",
                    ),
                ),
                (
                    "privacy_page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="articles.page",
                    ),
                ),
                (
                    "social_image",
                    models.ForeignKey(
                        blank=True,
                        help_text="Shown by social networks for pages without a picture of their own.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="articles.image",
                    ),
                ),
                (
                    "terms_page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="articles.page",
                    ),
                ),
            ],
            options={
                "verbose_name": "site settings",
                "verbose_name_plural": "site settings",
            },
        ),
        migrations.CreateModel(
            name="Permalink",
            fields=[
                (
                    "path",
                    models.CharField(
                        help_text="Without the slashes at both ends.",
                        max_length=320,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="permalinks",
                        to="articles.article",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="permalinks",
                        to="articles.author",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="permalinks",
                        to="articles.category",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="permalinks",
                        to="articles.page",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="permalinks",
                        to="articles.tag",
                    ),
                ),
            ],
            options={
                "ordering": ["path"],
            },
        ),
        migrations.CreateModel(
            name="ImageTagging",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="taggings",
                        to="articles.image",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="image_taggings",
                        to="articles.tag",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="image",
            name="tags",
            field=taggit.managers.TaggableManager(
                blank=True,
                help_text="A comma-separated list of tags.",
                through="articles.ImageTagging",
                to="articles.Tag",
                verbose_name="Tags",
            ),
        ),
        migrations.CreateModel(
            name="Tagging",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("listed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="taggings",
                        to="articles.article",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="taggings",
                        to="articles.tag",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="article",
            name="tags",
            field=taggit.managers.TaggableManager(
                blank=True,
                help_text="What it is about; separated by commas.",
                through="articles.Tagging",
                to="articles.Tag",
                verbose_name="Tags",
            ),
        ),
        migrations.CreateModel(
            name="TagTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(help_text="Its first day.")),
                ("count", models.PositiveIntegerField()),
                (
                    "tag",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tallies",
                        to="articles.tag",
                    ),
                ),
            ],
            options={
                "ordering": ["-month"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AuthorTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(help_text="Its first day.")),
                ("count", models.PositiveIntegerField()),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tallies",
                        to="articles.author",
                    ),
                ),
            ],
            options={
                "ordering": ["-month"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("author", "month"), name="author_tallied_once_a_month")
                ],
            },
        ),
        migrations.CreateModel(
            name="CategoryTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(help_text="Its first day.")),
                ("count", models.PositiveIntegerField()),
                (
                    "category",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tallies",
                        to="articles.category",
                    ),
                ),
            ],
            options={
                "ordering": ["-month"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("category", "month"), name="category_tallied_once_a_month"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="credit",
            index=models.Index(
                models.F("author"),
                models.OrderBy(models.F("listed_at"), descending=True),
                models.OrderBy(models.F("article"), descending=True),
                name="credit_newest",
            ),
        ),
        migrations.AddConstraint(
            model_name="credit",
            constraint=models.UniqueConstraint(
                fields=("article", "author", "role"),
                name="credit_once_a_role",
                violation_error_message="This author is credited twice with the same role.",
            ),
        ),
        migrations.AddIndex(
            model_name="filing",
            index=models.Index(
                models.F("category"),
                models.OrderBy(models.F("listed_at"), descending=True),
                models.OrderBy(models.F("article"), descending=True),
                name="filing_newest",
            ),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.UniqueConstraint(
                fields=("article", "category"), name="article_is_listed_once_a_category"
            ),
        ),
        migrations.AddConstraint(
            model_name="furthercategory",
            constraint=models.UniqueConstraint(
                fields=("article", "category"),
                name="further_category_once_an_article",
                violation_error_message="This category is chosen twice.",
            ),
        ),
        migrations.AddConstraint(
            model_name="category",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("parent", None), models.Q(("parent", models.F("id")), _negated=True), _connector="OR"
                ),
                name="category_is_not_its_own_parent",
                violation_error_message="A category cannot stand under itself.",
            ),
        ),
        migrations.AddConstraint(
            model_name="category",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("active_from", None),
                    ("active_until", None),
                    ("active_until__gt", models.F("active_from")),
                    _connector="OR",
                ),
                name="category_period_ends_after_start",
                violation_error_message="The period ends before it starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="menuitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("category__isnull", False), ("page__isnull", True), ("url__isnull", True)),
                    models.Q(("category__isnull", True), ("page__isnull", False), ("url__isnull", True)),
                    models.Q(("category__isnull", True), ("page__isnull", True), ("url__isnull", False)),
                    _connector="OR",
                ),
                name="menu_item_has_one_target",
                violation_error_message="Choose a category, a page or an address: one of them.",
            ),
        ),
        migrations.AddConstraint(
            model_name="menuitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("url", None),
                    ("url__startswith", "/"),
                    ("url__startswith", "https://"),
                    ("url__startswith", "http://"),
                    ("url__startswith", "mailto:"),
                    _connector="OR",
                ),
                name="menu_address_is_usable",
                violation_error_message="An address starts with /, https:// or mailto:.",
            ),
        ),
        migrations.AddConstraint(
            model_name="illustration",
            constraint=models.UniqueConstraint(
                fields=("article", "image"), name="illustration_once_an_article"
            ),
        ),
        migrations.AddConstraint(
            model_name="illustration",
            constraint=models.UniqueConstraint(fields=("page", "image"), name="illustration_once_a_page"),
        ),
        migrations.AddConstraint(
            model_name="illustration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("article", None), ("page__isnull", False)),
                    models.Q(("article__isnull", False), ("page", None)),
                    _connector="OR",
                ),
                name="illustration_of_one_text",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnerlink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_at", None),
                    ("ends_at", None),
                    ("ends_at__gt", models.F("starts_at")),
                    _connector="OR",
                ),
                name="partner_link_ends_after_start",
                violation_error_message="The period ends before it starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.UniqueConstraint(
                fields=("slot", "article"),
                name="placed_once_a_slot",
                violation_error_message="This article stands in this slot already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_at", None),
                    ("ends_at", None),
                    ("ends_at__gt", models.F("starts_at")),
                    _connector="OR",
                ),
                name="placement_ends_after_start",
                violation_error_message="The period ends before it starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_live", False), ("ends_at__isnull", False), _connector="OR"),
                name="live_placement_ends",
                violation_error_message="Nothing is live for ever: say until when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="relatedarticle",
            constraint=models.UniqueConstraint(
                fields=("article", "other"),
                name="related_once",
                violation_error_message="This article is picked twice.",
            ),
        ),
        migrations.AddConstraint(
            model_name="relatedarticle",
            constraint=models.CheckConstraint(
                condition=models.Q(("article", models.F("other")), _negated=True),
                name="related_to_another",
                violation_error_message="An article is not related to itself.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitesettings",
            constraint=models.CheckConstraint(
                condition=models.Q(("pk", 1)), name="site_settings_are_one_row"
            ),
        ),
        migrations.AddConstraint(
            model_name="sitesettings",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["en", "az", "ru"])), name="site_language_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="permalink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("article__isnull", False),
                        ("author__isnull", True),
                        ("category__isnull", True),
                        ("page__isnull", True),
                        ("tag__isnull", True),
                    ),
                    models.Q(
                        ("article__isnull", True),
                        ("author__isnull", True),
                        ("category__isnull", True),
                        ("page__isnull", False),
                        ("tag__isnull", True),
                    ),
                    models.Q(
                        ("article__isnull", True),
                        ("author__isnull", True),
                        ("category__isnull", False),
                        ("page__isnull", True),
                        ("tag__isnull", True),
                    ),
                    models.Q(
                        ("article__isnull", True),
                        ("author__isnull", False),
                        ("category__isnull", True),
                        ("page__isnull", True),
                        ("tag__isnull", True),
                    ),
                    models.Q(
                        ("article__isnull", True),
                        ("author__isnull", True),
                        ("category__isnull", True),
                        ("page__isnull", True),
                        ("tag__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="permalink_has_one_target",
                violation_error_message="An address leads to exactly one thing.",
            ),
        ),
        migrations.AddConstraint(
            model_name="permalink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "path__in",
                        [
                            "accounts",
                            "admin",
                            "api",
                            "author",
                            "category",
                            "digest",
                            "feed",
                            "livez",
                            "media",
                            "offline",
                            "page",
                            "readyz",
                            "search",
                            "static",
                            "styleguide",
                            "tag",
                            "wp-admin",
                            "wp-content",
                            "wp-includes",
                            "wp-json",
                        ],
                    ),
                    _negated=True,
                ),
                name="permalink_is_not_reserved",
                violation_error_message="This word is an address of the site itself; choose another.",
            ),
        ),
        migrations.AddConstraint(
            model_name="imagetagging",
            constraint=models.UniqueConstraint(fields=("content_object", "tag"), name="tag_once_an_image"),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(fields=["-created_at", "-id"], name="image_newest"),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(
                condition=models.Q(("rendered_at", None)), fields=["id"], name="image_waiting"
            ),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(fields=["rights_expire_at"], name="image_rights_expire"),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(
                django.db.models.expressions.CombinedExpression(
                    django.db.models.expressions.CombinedExpression(
                        models.F("fingerprint"), ">>", models.Value(0)
                    ),
                    "&",
                    models.Value(65535),
                ),
                name="image_alike_0",
            ),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(
                django.db.models.expressions.CombinedExpression(
                    django.db.models.expressions.CombinedExpression(
                        models.F("fingerprint"), ">>", models.Value(16)
                    ),
                    "&",
                    models.Value(65535),
                ),
                name="image_alike_16",
            ),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(
                django.db.models.expressions.CombinedExpression(
                    django.db.models.expressions.CombinedExpression(
                        models.F("fingerprint"), ">>", models.Value(32)
                    ),
                    "&",
                    models.Value(65535),
                ),
                name="image_alike_32",
            ),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(
                django.db.models.expressions.CombinedExpression(
                    django.db.models.expressions.CombinedExpression(
                        models.F("fingerprint"), ">>", models.Value(48)
                    ),
                    "&",
                    models.Value(65535),
                ),
                name="image_alike_48",
            ),
        ),
        migrations.AddConstraint(
            model_name="image",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("focal_x__gte", 0.0), ("focal_x__lte", 1.0), ("focal_y__gte", 0.0), ("focal_y__lte", 1.0)
                ),
                name="image_focal_point_is_inside",
                violation_error_message="The focal point lies between 0 and 1 in both directions.",
            ),
        ),
        migrations.AddConstraint(
            model_name="image",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["photograph", "graphic", "logo"])),
                name="image_kind_is_known",
            ),
        ),
        migrations.AddIndex(
            model_name="tagging",
            index=models.Index(
                models.F("tag"),
                models.OrderBy(models.F("listed_at"), descending=True),
                models.OrderBy(models.F("content_object"), descending=True),
                name="tagging_newest",
            ),
        ),
        migrations.AddConstraint(
            model_name="tagging",
            constraint=models.UniqueConstraint(fields=("content_object", "tag"), name="tag_once_an_article"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("status"),
                models.OrderBy(models.F("published_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="article_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.OrderBy(models.F("updated_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="article_last_touched",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("status"),
                models.OrderBy(models.F("updated_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="article_on_the_desk",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("revised_at"),
                condition=models.Q(("revised_at__isnull", False)),
                name="article_revised",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("breaking_until"),
                condition=models.Q(("breaking_until__isnull", False)),
                name="article_breaking",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["published", "withdrawn"]), _negated=True),
                    models.Q(("primary_category__isnull", False), ("published_at__isnull", False)),
                    _connector="OR",
                ),
                name="published_has_time_and_category",
                violation_error_message="A published article needs a publication time and a category.",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "published"), _negated=True),
                    ("embargoed_until", None),
                    ("embargoed_until__lte", models.F("published_at")),
                    _connector="OR",
                ),
                name="published_not_before_embargo",
                violation_error_message="The publication time lies before the end of the embargo.",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "published"), _negated=True),
                    ("origin", "exclusive"),
                    ("outlet__isnull", False),
                    _connector="OR",
                ),
                name="published_names_its_outlet",
                violation_error_message="A translation, reprint or agency piece names its outlet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "exclusive"), _negated=True), ("outlet", None), _connector="OR"
                ),
                name="exclusive_has_no_outlet",
                violation_error_message="An exclusive piece has no outlet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("revised_at", None),
                    ("published_at", None),
                    ("revised_at__gte", models.F("published_at")),
                    _connector="OR",
                ),
                name="revised_after_publication",
                violation_error_message="The update lies before the publication.",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "slug__in",
                        [
                            "accounts",
                            "admin",
                            "api",
                            "author",
                            "category",
                            "digest",
                            "feed",
                            "livez",
                            "media",
                            "offline",
                            "page",
                            "readyz",
                            "search",
                            "static",
                            "styleguide",
                            "tag",
                            "wp-admin",
                            "wp-content",
                            "wp-includes",
                            "wp-json",
                        ],
                    ),
                    _negated=True,
                ),
                name="article_is_not_reserved",
                violation_error_message="This word is an address of the site itself; choose another.",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["draft", "in_review", "ready", "published", "withdrawn"])),
                name="article_status_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin__in", ["exclusive", "translation", "reprint", "agency"])),
                name="article_origin_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="tagtally",
            constraint=models.UniqueConstraint(fields=("tag", "month"), name="tag_tallied_once_a_month"),
        ),
    ]
