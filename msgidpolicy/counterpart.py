"""The policy of ours that stands for one of the standard library's."""

import email.policy
from email import headerregistry

from . import policy as ours
from .cpython import classes_of, settings_of
from .registry import FieldRegistry

_USUAL_NAMES = classes_of(headerregistry.HeaderRegistry())


def counterpart(policy):
    """The MsgIdPolicy with the settings of a policy that is exactly an ``EmailPolicy``: limits, line ends, ``utf8``,
    ``cte_type``, and what is mapped in its registry. Any other policy, and ``email.policy.HTTP``, is returned as it is.
    """
    if type(policy) is not email.policy.EmailPolicy or policy is email.policy.HTTP:
        return policy
    settings = settings_of(policy)
    settings.pop("header_factory", None)
    factory = policy.header_factory
    if type(factory) is not headerregistry.HeaderRegistry or factory.base_class is not headerregistry.BaseHeader:
        settings["header_factory"] = factory
    elif classes_of(factory) != _USUAL_NAMES or factory.default_class is not headerregistry.UnstructuredHeader:
        settings["header_factory"] = _registry_like(factory)
    return ours.default.clone(**settings)


def _registry_like(factory):
    registry = FieldRegistry(default_class=factory.default_class, use_default_map=False)
    registry.registry.update(classes_of(factory))
    return registry
