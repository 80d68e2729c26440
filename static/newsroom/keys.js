// Ctrl+S (Command+S) saves the form at hand, and leaving a form with unsaved changes asks first.

const form = document.querySelector("#content-main form[method=post]:not(#changelist-form)")

if (form) {
  let changed = false
  form.addEventListener("input", () => { changed = true })
  form.addEventListener("change", () => { changed = true })
  form.addEventListener("submit", () => { changed = false })

  addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
    const button = form.querySelector("[name=_continue], [name=_save]")
    if (!button) return
    event.preventDefault()
    form.requestSubmit(button)
  })

  addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault()
  })
}
