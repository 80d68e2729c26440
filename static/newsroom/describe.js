// Words of a picture edited where it stands: saved when a field is left, refused when somebody else was faster.

import { button, element, field } from "newsroom/elements"
import { filled, post } from "newsroom/upload"

const FIELDS = [
  ["alt_text", "What it shows (alt text)", { tag: "textarea", rows: 2, maxLength: 300 }],
  ["caption", "Caption", { tag: "textarea", rows: 2, maxLength: 500 }],
  ["credit", "Credit", { maxLength: 200 }],
  ["tags", "Tags", { autocomplete: "off" }],
]
const NAMES = Object.fromEntries(FIELDS)

const wordsOf = (tile) => JSON.parse(tile.dataset.words)

// What is open, by the number of the picture.
const panels = new Map()

export const isOpen = (tile) => panels.has(tile.dataset.tile)

export function close(tile) {
  panels.get(tile.dataset.tile)?.remove()
  panels.delete(tile.dataset.tile)
}

export function open(tile) {
  if (isOpen(tile) || !tile.dataset.describe) return null
  const state = element("p", { className: "describe__state" })
  state.setAttribute("role", "status")
  const inputs = {}
  const labels = FIELDS.map(([name, label, options]) => {
    const made = field(label, name, { ...options, value: wordsOf(tile)[name] })
    inputs[name] = made.lastChild
    return made
  })
  const panel = element("div", { className: "describe" }, [...labels, state])
  panel.setAttribute("role", "group")
  panel.setAttribute("aria-label", `Words of ${tile.querySelector(".tile__name").textContent}`)
  panels.set(tile.dataset.tile, panel)
  tile.append(panel)

  let saving = false
  let again = false // asked for while another was under way
  let conflict = false // until the editor chooses, nothing is sent
  const say = (kind, text, ...more) => {
    panel.dataset.state = kind
    state.replaceChildren(text, ...more)
  }
  const changed = () => FIELDS.some(([name]) => inputs[name].value.trim() !== wordsOf(panel.parentElement)[name])

  // One request at a time: what is typed meanwhile follows with the version that comes back.
  async function save() {
    const tile = panel.parentElement
    again = saving
    if (saving || conflict || !tile || !changed()) return
    saving = true
    say("saving", "Saving…")
    const values = Object.fromEntries(FIELDS.map(([name]) => [name, inputs[name].value]))
    try {
      const answer = await post(tile.dataset.describe, filled({ ...values, version: wordsOf(tile).version }))
      take(tile, panel, answer)
      for (const [name] of FIELDS) if (inputs[name].value === values[name]) inputs[name].value = answer[name]
      say("saved", "Saved")
    } catch (refusal) {
      if (refusal.status === 409) meet(tile, refusal)
      else say("refused", refusal.message, " ", button("Try again", save))
      saving = false
      return
    }
    saving = false
    if (again) save()
  }

  // Both versions are in sight, and neither is lost by a slip.
  function meet(tile, refusal) {
    const { present } = refusal.answer
    const differing = FIELDS.filter(([name]) => present[name] !== inputs[name].value)
    const list = element("dl", { className: "describe__theirs" })
    for (const [name, label] of differing) {
      list.append(element("dt", { textContent: label }), element("dd", { textContent: present[name] || "(empty)" }))
    }
    conflict = true
    const settle = (values) => {
      conflict = false
      tile.dataset.words = JSON.stringify(present)
      for (const [name, value] of Object.entries(values)) if (NAMES[name] !== undefined) inputs[name].value = value
      say("", "")
      save()
      inputs.alt_text.focus()
    }
    say(
      "refused",
      element("strong", { textContent: refusal.message }),
      element("span", { textContent: " It says now:" }),
      list,
      button("Take theirs", () => settle(present)),
      button("Replace with mine", () => settle({})),
    )
  }

  for (const [name] of FIELDS) {
    inputs[name].addEventListener("change", save)
    inputs[name].addEventListener("input", () => {
      if (panel.dataset.state === "saved") say("", "")
    })
    inputs[name].addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) {
        event.preventDefault() // no line breaks, and not the list's own form
        save()
      }
    })
  }
  panel.isUnsaved = () => saving || changed()
  return inputs.alt_text
}

// The tile as the server prints it now, with the open fields moved over.
function take(tile, panel, answer) {
  const fresh = fromHtml(answer.tile)
  const focused = document.activeElement
  const kept = tile.querySelector("[data-describe-one]")
  tile.dataset.words = fresh.dataset.words
  for (const part of tile.querySelectorAll(":scope > .tile__credit, :scope > .remarks")) part.remove()
  tile.querySelector(".tile__name").textContent = fresh.querySelector(".tile__name").textContent
  const parts = [...fresh.querySelectorAll(":scope > .tile__credit, :scope > .remarks")]
  tile.querySelector(".tile__open").after(...parts)
  if (kept && focused) focused.focus()
}

// Of our own server's making: the tile as templates/admin/articles/image/_tile.html prints it.
export function fromHtml(html) {
  const template = document.createElement("template")
  template.innerHTML = html
  return template.content.firstElementChild
}

addEventListener("beforeunload", (event) => {
  if ([...panels.values()].some((panel) => panel.isConnected && panel.isUnsaved())) event.preventDefault()
})
