// Chooses the browser's timezone in a form that asks for one, as long as nobody has chosen yet.

const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();

for (const select of document.querySelectorAll("select[data-guess-timezone]")) {
  const known = [...select.options].some((option) => option.value === timeZone);
  if (known && select.value === "UTC") select.value = timeZone;
}
