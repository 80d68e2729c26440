// The library's grid: words edited on the tiles, filters folded away where there is no room for them.

import { close, isOpen, open } from "newsroom/describe"
import { button, colourGrounds } from "newsroom/elements"

const tiles = document.querySelector("[data-tiles]")
const filters = document.querySelector("[data-filters]")
const all = document.querySelector("[data-describe-all]")

function equip(tile) {
  colourGrounds(tile)
  if (!tile.dataset.describe || tile.querySelector("[data-describe-one]")) return
  const toggle = button("Describe", () => {
    if (isOpen(tile)) close(tile)
    else open(tile)?.focus()
    toggle.setAttribute("aria-expanded", String(isOpen(tile)))
  })
  toggle.className = "tile__describe"
  toggle.dataset.describeOne = ""
  toggle.setAttribute("aria-expanded", "false")
  toggle.setAttribute("aria-label", `Describe ${tile.querySelector(".tile__name").textContent}`)
  tile.append(toggle)
  if (all?.getAttribute("aria-pressed") === "true") unfold(tile)
}

function unfold(tile) {
  open(tile)
  tile.querySelector("[data-describe-one]")?.setAttribute("aria-expanded", "true")
}

if (tiles) {
  for (const tile of tiles.children) equip(tile)
  // Uploads put theirs on top.
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node.dataset?.tile) equip(node)
  }).observe(tiles, { childList: true })
}

if (all && tiles?.querySelector("[data-describe]")) {
  all.hidden = false
  all.addEventListener("click", () => {
    const wanted = all.getAttribute("aria-pressed") !== "true"
    all.setAttribute("aria-pressed", String(wanted))
    for (const tile of tiles.children) {
      if (wanted) unfold(tile)
      else if (isOpen(tile)) tile.querySelector("[data-describe-one]").click()
    }
    if (wanted) tiles.querySelector(".describe textarea")?.focus()
  })
}

if (filters && matchMedia("(max-width: 1024px)").matches && !filters.querySelector(".filters__on")) filters.open = false
