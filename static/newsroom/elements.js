// Making elements, without HTML in strings.

export function element(name, properties = {}, children = []) {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

export function button(text, act, className = "act") {
  const made = element("button", { type: "button", className, textContent: text })
  made.addEventListener("click", act)
  return made
}

// A labelled input of the desk's dialogs and tiles.
export function field(label, name, properties = {}) {
  const { tag = "input", ...rest } = properties
  const input = element(tag, { name, ...rest })
  return element("label", { className: "field" }, [element("span", { textContent: label }), input])
}

// Pictures appear on a ground of their own average colour.
export function colourGrounds(root) {
  for (const image of root.querySelectorAll("img[data-colour]")) image.style.backgroundColor = image.dataset.colour
}

let last = 0
export const freshId = () => `newsroom-${++last}`
