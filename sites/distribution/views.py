"""The screens of the editors' side: push, board, one item, recall, inbox."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Site

from sites.hosts.pages import get_page_model
from sites.hosts.registry import portal_of_unit
from sites.people.models import Role
from sites.people.roles import has_role, roles_of, units_of, units_with_role
from sites.units.models import AdministrativeUnit, Tier

from . import audience as audiences
from .actions import DecideAction, PushAction, RecallAction, check_may_distribute
from .forms import POLICY_HELP, PushForm, RecallForm, initial_from
from .models import Distribution, DistributionQuerySet, DistributionTarget, LocalDecision, Policy
from .receiving import address
from .sections import load_sections

PER_PAGE = 25


def page_for(request: HttpRequest, pk: int) -> Any:
    """A page that the person may distribute. 404 for anything else: foreign pages do not exist."""
    page = get_object_or_404(get_page_model().objects.select_related("unit"), pk=pk)
    try:
        check_may_distribute(request.user, page)
    except PermissionDenied as error:
        raise Http404 from error
    return page


def my_distributions(request: HttpRequest) -> DistributionQuerySet:
    """The distributions of the units that the person works for."""
    found = Distribution.objects.select_related("page", "unit", "created_by", "recalled_by")
    if request.user.is_superuser:  # type: ignore[union-attr]
        return found
    return found.filter(unit__in=list(roles_of(request.user)))


class Screen(WagtailAdminTemplateMixin, TemplateView):  # type: ignore[misc]
    """A page of the editors' side."""

    header_icon = "liencap-share"
    trail: list[tuple[str, Any]] = []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way from the dashboard to this screen."""
        trail = [{"url": url, "label": label} for url, label in self.trail]
        return [*self.breadcrumbs_items, *trail, {"url": "", "label": self.get_page_title()}]


class PushView(Screen):
    """Choose the receivers, see them, confirm. What was typed survives every step."""

    template_name = "distribution/push.html"
    page_title = gettext_lazy("Distribute to lower levels")

    @cached_property
    def page(self) -> Any:
        """The page to distribute."""
        return page_for(self.request, self.kwargs["page_id"]).specific

    @cached_property
    def standing(self) -> Distribution | None:
        """How it is distributed now, if it is."""
        return Distribution.objects.standing().filter(page_id=self.page.pk).first()

    @cached_property
    def units_below(self) -> list[AdministrativeUnit]:
        """The units below that have a site, in the order of the tree. One query."""
        with_site = Site.objects.order_by().values("root_page__unit_id")
        return list(self.page.unit.descendants().filter(pk__in=with_site).order_by("path"))

    def get_form(self, data: Any = None) -> PushForm:
        """The form, bound or with the values that stand."""
        if data is not None and data.getlist("token"):
            data = data.copy()  # without JavaScript the checkboxes arrive themselves
            data["units"] = " ".join(data.getlist("token"))
        present = {unit.tier for unit in self.units_below}
        tiers = [tier for tier in Tier.values if tier in present]
        initial = initial_from(self.standing, self.page.unit)
        return PushForm(data, initial=initial, unit=self.page.unit, tiers=tiers)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Preview, or push, or go back to the form."""
        form = self.get_form(request.POST)
        if not form.is_valid() or request.POST.get("step") == "edit":
            return self.render_to_response(self.get_context_data(form=form))
        action = self.action(form)
        try:
            if request.POST.get("step") == "push":
                return self.pushed(action, action.execute())
            action.check()
        except (ValidationError, PermissionDenied) as error:
            for message in getattr(error, "messages", [str(error)]):
                form.add_error(None, message)
            return self.render_to_response(self.get_context_data(form=form))
        self.template_name = "distribution/confirm.html"
        return self.render_to_response(self.get_context_data(form=form, action=action))

    def action(self, form: PushForm) -> PushAction:
        """The act that the form describes."""
        values = form.cleaned_data
        return PushAction(
            self.page,
            form.audience(),
            values["policy"],
            user=self.request.user,
            starts_at=values["starts_at"],
            ends_at=values["ends_at"],
            reason=values["reason"],
        )

    def pushed(self, action: PushAction, distribution: Distribution) -> HttpResponse:
        """Say to how many sites it went and show the item."""
        count = action.receivers
        text = ngettext(
            "“%(title)s” now reaches %(count)d site.",
            "“%(title)s” now reaches %(count)d sites.",
            count,
        )
        messages.success(self.request, text % {"title": self.page.title, "count": count})
        return redirect("distribution:detail", distribution.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page, the tree of units, and after a preview the receivers."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        form = context.setdefault("form", self.get_form())
        action = context.get("action")
        context |= {
            "page": self.page,
            "standing": self.standing,
            "tree": as_tree(self.units_below),
            "chosen": set(str(form["units"].value() or "").split()),
            "policies": [(policy.value, policy.label, POLICY_HELP[policy]) for policy in Policy],
        }
        if action:
            context["receivers"] = list(audiences.receivers(action.audience))
            context["audience"] = audiences.describe_all(action.audience)
        return context


def as_tree(units: list[AdministrativeUnit]) -> list[dict[str, Any]]:
    """Units as a list of branches; units without a parent in the list stand alone."""
    branches: dict[int, dict[str, Any]] = {}
    for unit in units:
        branch = branches.get(unit.parent_id or 0)
        if branch:
            branch["children"].append(unit)
        else:
            branches[unit.pk] = {"unit": unit, "children": []}
    return list(branches.values())


class BoardView(Screen):
    """What our units have distributed."""

    template_name = "distribution/board.html"
    page_title = gettext_lazy("Distribution")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of distributions, filtered by state and words of the title."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        state = self.request.GET.get("state", "")
        words = self.request.GET.get("q", "").replace("\0", "")[:100]
        found = my_distributions(self.request).order_by("-created_at")
        if state == "standing":
            found = found.standing()
        elif state == "recalled":
            found = found.exclude(recalled_at=None)
        if words:
            found = found.filter(page__title__icontains=words)
        decisions = {
            "accepted": Count("decisions", filter=Q(decisions__state="accepted")),
            "hidden": Count("decisions", filter=Q(decisions__state="hidden")),
        }
        pages = Paginator(found.annotate(**decisions), PER_PAGE)
        rows = pages.get_page(self.request.GET.get("p"))
        for row in rows:
            row.words = audiences.describe_all(row.audience)  # type: ignore[attr-defined]
        return context | {"rows": rows, "state": state, "q": words}


class DetailView(Screen):
    """One distribution: where it goes and what the receiving units decided."""

    template_name = "distribution/detail.html"
    page_title = gettext_lazy("Distributed item")

    @property
    def trail(self) -> list[tuple[str, Any]]:  # type: ignore[override]
        """Below the board."""
        return [(reverse("distribution:board"), _("Distribution"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The item, its receivers and their decisions. Queries do not depend on their number."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        item = get_object_or_404(my_distributions(self.request), pk=self.kwargs["pk"])
        receivers = list(audiences.receivers(item.audience))
        decided = {
            decision.unit_id: decision for decision in item.decisions.select_related("decided_by")
        }
        for unit in receivers:
            unit.decision = decided.get(unit.pk)  # type: ignore[attr-defined]
        may_change = has_role(self.request.user, item.unit_id, Role.EDITOR)
        return context | {
            "item": item,
            "receivers": receivers,
            "audience": audiences.describe_all(item.audience),
            "may_change": may_change and not item.is_recalled,
        }


class RecallView(Screen):
    """Take an item back, with a reason."""

    template_name = "distribution/recall.html"
    page_title = gettext_lazy("Recall")

    @cached_property
    def item(self) -> Distribution:
        """The item, if the person may recall it; 404 otherwise."""
        item = get_object_or_404(my_distributions(self.request), pk=self.kwargs["pk"])
        if not has_role(self.request.user, item.unit_id, Role.EDITOR):
            raise Http404
        return item

    @property
    def trail(self) -> list[tuple[str, Any]]:  # type: ignore[override]
        """Below the item."""
        detail = reverse("distribution:detail", args=[self.item.pk])
        return [
            (reverse("distribution:board"), _("Distribution")),
            (detail, self.item.page.title),
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Recall, or say why not and keep what was typed."""
        form = RecallForm(request.POST, unit=self.item.unit)
        if form.is_valid():
            try:
                RecallAction(self.item, user=request.user, **form.cleaned_data).execute()
            except (ValidationError, PermissionDenied) as error:
                form.add_error(None, getattr(error, "messages", [str(error)])[0])
            else:
                messages.success(request, _("The item has been recalled from every site."))
                return redirect("distribution:detail", self.item.pk)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The item and how many sites show it."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.setdefault("form", RecallForm(unit=self.item.unit))
        count = audiences.count_receivers(self.item.audience)
        return context | {"item": self.item, "count": count}


class InboxView(Screen):
    """What higher levels sent to one of our units, and what we decided about it."""

    template_name = "distribution/inbox.html"
    header_icon = "liencap-inbox"
    page_title = gettext_lazy("From the levels above")

    @cached_property
    def units(self) -> list[AdministrativeUnit]:
        """The units whose inbox the person may read."""
        return units_of(self.request.user)

    @cached_property
    def unit(self) -> AdministrativeUnit | None:
        """The unit asked for, by default the lowest one."""
        wanted = self.request.GET.get("unit")
        chosen = [unit for unit in self.units if unit.code == wanted]
        candidates = chosen or self.units[-1:]
        return candidates[0] if candidates else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of items with the unit's decisions."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context |= {"units": self.units, "unit": self.unit}
        if self.unit is None:
            return context
        once = DistributionTarget.objects.filter(token__in=self.unit.tokens())
        items = Distribution.objects.filter(pk__in=once.values("distribution"))
        items = items.select_related("page", "unit").order_by("-created_at")
        rows = Paginator(items, PER_PAGE).get_page(self.request.GET.get("p"))
        decided = dict(
            LocalDecision.objects.filter(unit=self.unit, distribution__in=list(rows)).values_list(
                "distribution_id", "state"
            )
        )
        sections = load_sections(self.unit)
        portal = portal_of_unit(self.unit.pk)
        for row in rows:
            row.state = decided.get(row.pk, "")  # type: ignore[attr-defined]
            place = sections.page_for(row.page.section_id)
            if portal and place:
                path = f"/{place.slug}/{address(row.page.slug, row.page_id)}/"
                row.local_url = portal.root_url + path  # type: ignore[attr-defined]
        may_decide = has_role(self.request.user, self.unit.pk, Role.EDITOR)
        return context | {"rows": rows, "may_decide": may_decide}


class DecideView(View):
    """Accept an item, hide it, or follow the policy again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Decide for the unit named in the form, and return to its inbox."""
        mine = units_with_role(request.user, Role.EDITOR)
        units = AdministrativeUnit.objects.filter(code=request.POST.get("unit", "")[:5])
        unit = get_object_or_404(units, pk__in=mine)
        item = get_object_or_404(Distribution.objects.select_related("page"), pk=pk)
        addressed = item.targets.filter(token__in=unit.tokens()).exists()
        if not addressed:
            raise Http404
        state = request.POST.get("state") or None
        try:
            DecideAction(item, unit, state, user=request.user).execute()
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, DECIDED.get(state or "", DECIDED[""]))
        inbox = reverse("distribution:inbox")
        return HttpResponseRedirect(f"{inbox}?unit={unit.code}")


DECIDED = {
    "accepted": gettext_lazy("Accepted: the item is on your site."),
    "hidden": gettext_lazy("Hidden: the item is no longer on your site."),
    "": gettext_lazy("The item follows the policy of its sender again."),
}
