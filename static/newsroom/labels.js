// Names for what the admin's and the editor's own scripts leave without one.

// On small screens the rows of a list are stacked (desk.css): each value says there which column it comes from.
for (const list of document.querySelectorAll("#result_list")) {
  const names = [...list.tHead.rows[0].cells].map((cell) => cell.querySelector(".text")?.textContent.trim() ?? "")
  for (const cell of list.querySelectorAll("tbody > tr > *")) {
    cell.dataset.column = names[cell.cellIndex]
    cell.toggleAttribute("data-empty", !cell.querySelector("img, input") && /^[-–]?$/.test(cell.textContent.trim()))
  }
}

for (const head of document.querySelectorAll(".tabular th.original:empty")) {
  head.append(Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: "Row" }))
}

let named = 0

// What names a field on the screen: its label, or in a table the head of its column.
function nameOf(field) {
  const cell = field.closest("td")
  const kind = cell && [...cell.classList].find((each) => each === "delete" || each.startsWith("field-"))
  const head = kind === "delete" ? "thead th:last-child" : `thead .${kind?.replace("field-", "column-")}`
  const name = field.labels[0] ?? cell?.closest("table").querySelector(head)
  if (name) name.id ||= `name-${++named}`
  return name
}

function nameFields() {
  for (const field of document.querySelectorAll(".tabular td :is(input:not([type=hidden]), select, textarea):not([aria-labelledby])")) {
    const name = field.labels.length ? null : nameOf(field)
    if (name) field.setAttribute("aria-labelledby", name.id)
  }
  for (const box of document.querySelectorAll(".select2-selection[role=combobox]:not([data-named])")) {
    const name = nameOf(box.closest(".select2-container").previousElementSibling)
    const value = box.querySelector(".select2-selection__rendered")
    if (!name || !value) continue
    box.dataset.named = ""
    box.setAttribute("aria-labelledby", `${name.id} ${value.id}`)
    value.setAttribute("aria-labelledby", name.id)
  }
  for (const search of document.querySelectorAll(".select2-search__field:not([aria-label])")) search.ariaLabel = "Search"
  for (const button of document.querySelectorAll(".prose-menubar__button[title]:not([aria-label])")) button.ariaLabel = button.title
}

nameFields()
// Rows are added, boxes opened and the editor built later on.
new MutationObserver(nameFields).observe(document.body, { childList: true, subtree: true })
