// Shows Markdown as it will be shown, while it is being typed; the server renders it, as it does for the page.
//
//   <form data-preview="ADDRESS"> with <div data-preview-of="ID OF A FIELD"> and <p role="status" data-preview-status>
//
// Without scripts a button of the form does the same; it is not needed then.

const PAUSE = 700; // milliseconds without a key, after which is rendered

for (const form of document.querySelectorAll("form[data-preview]")) {
  const status = form.querySelector("[data-preview-status]");
  for (const preview of form.querySelectorAll("[data-preview-of]")) {
    const field = document.getElementById(preview.dataset.previewOf);
    let soon;
    field.addEventListener("input", () => {
      clearTimeout(soon);
      status.textContent = "";
      soon = setTimeout(() => show(form, field, preview, status), PAUSE);
    });
  }
  form.querySelector("button[name=preview]")?.remove();
}

async function show(form, field, preview, status) {
  const text = field.value;
  const body = new URLSearchParams({ text, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  const answer = await fetch(form.dataset.preview, { method: "POST", body, redirect: "error" }).catch(() => null);
  if (!answer?.ok || field.value !== text) return; // without a connection the last one stays; what is newer follows
  preview.innerHTML = await answer.text();
  status.textContent = "The preview is up to date.";
}
