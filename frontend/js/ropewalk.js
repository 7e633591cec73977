// Starts the govuk-frontend components that the site uses. Every page works without this file.

import {
  Button,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs,
  createAll,
} from "govuk-frontend";

// govuk-frontend refuses to start, and its styles keep to the version without JavaScript, until the body says so.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

for (const component of [
  Button,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs,
]) {
  createAll(component);
}
