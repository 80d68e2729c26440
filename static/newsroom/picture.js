// A field that holds a picture shows it, opens the library and takes a file that is dropped onto it; without
// this it is the number with a lookup.

import { button, element } from "newsroom/elements"
import { openLibrary } from "newsroom/library"
import { acceptDrops, unfit, upload } from "newsroom/upload"

function prepare(field) {
  const input = field.querySelector("input")
  const shown = field.querySelector("[data-shown]")
  const said = field.querySelector("[data-remarks]")
  const note = element("p", { className: "picture-field__note" })
  note.setAttribute("role", "status")
  const bar = element("progress", { value: 0, max: 1, hidden: true, ariaLabel: "Upload" })

  const set = (picture) => {
    input.value = picture ? picture.id : ""
    input.dispatchEvent(new Event("change", { bubbles: true }))
    shown.replaceChildren(...(picture ? [element("img", { src: picture.src, alt: picture.alt })] : []))
    said.replaceChildren(...(picture?.warnings ?? []).map((text) => element("li", { className: "remark remark--lacks", textContent: text })))
    note.textContent = ""
    update()
  }
  const choose = button("", async () => {
    const picture = await openLibrary(field.dataset.library)
    if (picture) set(picture)
  })
  const remove = button("Remove", () => set(null))
  const update = () => {
    choose.textContent = input.value ? "Choose another" : "Choose or upload"
    remove.hidden = !input.value
  }

  async function take([file]) {
    if (!file) return
    note.textContent = unfit(file, Number(field.dataset.limit))
    if (note.textContent) return
    bar.hidden = false
    note.textContent = "Uploading…"
    try {
      const progress = (loaded, total) => { bar.value = loaded / (total || 1) }
      const picture = await upload(field.dataset.upload, file, {}, { progress })
      set(picture)
      const [other] = picture.alike
      if (other) note.replaceChildren("Looks like ", element("a", { href: other.url, target: "_blank", rel: "noopener", textContent: other.name }), `, uploaded on ${other.uploaded}.`)
      if (picture.warnings.length) note.append(" ", describe(picture))
    } catch (refusal) {
      note.textContent = refusal.message
    } finally {
      bar.hidden = true
    }
  }

  // What came in without words gets them on its own form.
  const describe = (picture) =>
    element("a", { href: field.dataset.library.replace(/library\/$/, `${picture.id}/change/`), target: "_blank", rel: "noopener", textContent: "Describe it" })

  update()
  field.append(element("div", { className: "picture-field__buttons" }, [choose, remove]), bar, note)
  field.classList.add("picture-field--ready")
  if (field.dataset.upload) acceptDrops(field, take)
}

for (const field of document.querySelectorAll("[data-picture]")) prepare(field)
