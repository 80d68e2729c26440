from allauth.account.utils import get_next_redirect_url
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.forms import ProfileForm, SignInForm
from accounts.roles import role_of


@login_required
def profile(request):
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your name is saved."))
        return redirect("profile")
    return render(request, "accounts/profile.html", {"form": form, "role": role_of(request.user)})


@require_safe
@never_cache
def menu(request):
    """The account menu of the header, fetched by pages that are the same for everybody."""
    return render(request, "accounts/_menu.html", {"next": get_next_redirect_url(request) or ""})


@require_safe
@never_cache
def sign_in(request):
    """The content of the sign-in dialog; it posts to the plain page, which also shows the errors."""
    context = {"form": SignInForm(request=request), "redirect_field_value": get_next_redirect_url(request)}
    return render(request, "accounts/_sign_in_dialog.html", context)


@login_required
@require_POST
def end_session(request, pk):
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    if session.is_current():
        return redirect("account_logout")
    session.end()
    messages.success(request, _("That session is over."))
    return redirect("usersessions_list")
