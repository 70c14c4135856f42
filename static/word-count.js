// Counts the words of a text while it is typed: <textarea data-words-at-most="300">. A word is what stands between white
// space, as in opw/text.py. The count is always to be seen; it is said aloud in a pause, and only near the limit.

const WORD = /(?:[^\s\u001c-\u001f\u0085]|\ufeff)+/gu; // what Python takes for white space, too
const PAUSE = 1_500; // milliseconds without a key
const NEAR = 20; // words

for (const text of document.querySelectorAll("[data-words-at-most]")) {
  const limit = Number(text.dataset.wordsAtMost);
  const [shown, said] = [document.createElement("p"), document.createElement("p")];
  let pause;

  const inWords = (words) =>
    words > limit ? `${words - limit} too many: ${words} words of ${limit}` : `${words} of ${limit} words`;
  const count = () => {
    const words = text.value.match(WORD)?.length ?? 0;
    shown.textContent = inWords(words);
    shown.classList.toggle("over", words > limit);
    return words;
  };

  shown.className = "word-count";
  shown.id = `${text.id}_words`;
  text.setAttribute("aria-describedby", `${text.getAttribute("aria-describedby") ?? ""} ${shown.id}`.trim());
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  text.after(shown, said);
  text.form.addEventListener("input", () => {
    const words = count();
    clearTimeout(pause);
    pause = setTimeout(() => (said.textContent = words > limit - NEAR ? inWords(words) : ""), PAUSE);
  });
  count();
}
