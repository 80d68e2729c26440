// Suggests tags there are already for the name being typed, between the last comma and the caret.

function prepare(input) {
  const frame = document.createElement("div")
  frame.className = "tag-field"
  input.before(frame)
  frame.append(input)
  const list = document.createElement("div")
  list.className = "tag-suggestions"
  list.id = `${input.id}_suggestions`
  list.setAttribute("role", "listbox")
  list.hidden = true
  frame.append(list)
  input.setAttribute("role", "combobox")
  input.setAttribute("aria-controls", list.id)
  input.setAttribute("aria-expanded", "false")
  input.setAttribute("aria-autocomplete", "list")

  let asked = 0
  let current = -1

  const start = () => input.value.lastIndexOf(",", input.selectionStart - 1) + 1
  const typed = () => input.value.slice(start(), input.selectionStart).trim().replace(/^"/, "")
  const hide = () => {
    list.hidden = true
    input.setAttribute("aria-expanded", "false")
  }
  const choose = (name) => {
    const rest = input.value.slice(input.selectionStart).replace(/^[^,]*,?\s*/, "")
    const before = input.value.slice(0, start()).trimEnd()
    const written = name.includes(",") ? `"${name}"` : name
    const head = `${before}${before ? " " : ""}${written}, `
    input.value = head + rest
    input.setSelectionRange(head.length, head.length)
    input.dispatchEvent(new Event("change", { bubbles: true }))
    input.focus()
    hide()
  }
  const mark = (place) => {
    const options = [...list.children]
    current = (place + options.length) % options.length
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === current)))
  }

  async function suggest() {
    const question = ++asked
    if (typed().length < 2) return hide()
    const response = await fetch(`${input.dataset.suggestions}?${new URLSearchParams({ q: typed() })}`).catch(() => null)
    if (question !== asked || !response?.ok) return
    const { tags } = await response.json()
    list.replaceChildren(
      ...tags.map((name) => {
        const option = document.createElement("button")
        option.type = "button"
        option.tabIndex = -1
        option.textContent = name
        option.setAttribute("role", "option")
        option.addEventListener("mousedown", (event) => event.preventDefault())
        option.addEventListener("click", () => choose(name))
        return option
      }),
    )
    current = -1
    list.hidden = !tags.length
    input.setAttribute("aria-expanded", String(!list.hidden))
  }

  let pause
  input.addEventListener("input", () => {
    clearTimeout(pause)
    pause = setTimeout(suggest, 150)
  })
  input.addEventListener("blur", hide)
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return
    if (event.key === "ArrowDown") mark(current + 1)
    else if (event.key === "ArrowUp") mark(current - 1)
    else if (event.key === "Enter" && current >= 0) choose(list.children[current].textContent)
    else if (event.key === "Escape") hide()
    else return
    event.preventDefault()
  })
}

for (const input of document.querySelectorAll("[data-suggestions]")) prepare(input)
