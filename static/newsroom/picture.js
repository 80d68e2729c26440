// A field that holds a picture shows it and opens the library; without this it is the number with a lookup.

import { openLibrary } from "newsroom/library"

function button(text, act) {
  const made = document.createElement("button")
  made.type = "button"
  made.className = "act"
  made.textContent = text
  made.addEventListener("click", act)
  return made
}

function prepare(field) {
  const input = field.querySelector("input")
  const shown = field.querySelector("[data-shown]")
  const row = document.createElement("div")
  row.className = "picture-field__buttons"

  const set = (picture) => {
    input.value = picture ? picture.id : ""
    input.dispatchEvent(new Event("change", { bubbles: true }))
    shown.replaceChildren()
    if (picture) shown.append(Object.assign(document.createElement("img"), { src: picture.src, alt: picture.alt }))
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
  update()
  row.append(choose, remove)
  field.append(row)
  field.classList.add("picture-field--ready")
}

for (const field of document.querySelectorAll("[data-picture]")) prepare(field)
