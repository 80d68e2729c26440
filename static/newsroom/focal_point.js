// Where crops centre: set by a click on the picture or with the arrow keys. The two numbers remain the truth,
// and every crop is shown as the site will cut it.

import { unfit } from "newsroom/upload"

const picture = document.querySelector("[data-focus]")
const x = document.querySelector("#id_focal_x")
const y = document.querySelector("#id_focal_y")
const RATIOS = { "16x9": 16 / 9, "3x2": 3 / 2, "4x3": 4 / 3, "1x1": 1 }
const STEP = 0.01
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

const inside = (value) => Math.min(Math.max(Number(value) || 0, 0), 1)

// Of what the crop leaves over in one direction, the share that lies before it; as articles/imaging/renditions.py
// cuts: centred on the focal point, but never beyond the edge.
function shareBefore(whole, part, focal) {
  if (whole <= part) return 0.5
  const start = Math.min(Math.max(focal * whole - part / 2, 0), whole - part)
  return start / (whole - part)
}

function position(width, height, ratio, focalX, focalY) {
  const cropWidth = Math.min(width, height * ratio)
  const cropHeight = Math.min(height, width / ratio)
  return [shareBefore(width, cropWidth, focalX), shareBefore(height, cropHeight, focalY)]
}

if (picture) {
  const image = picture.querySelector("img")
  const width = Number(image.getAttribute("width"))
  const height = Number(image.getAttribute("height"))
  const crops = document.querySelector("[data-crops]")
  const frames = []

  for (const frame of crops?.querySelectorAll("[data-crop]") ?? []) {
    const shown = Object.assign(document.createElement("img"), { src: image.src, alt: "" })
    frame.append(shown)
    frames.push([shown, RATIOS[frame.dataset.crop]])
    crops.querySelector(`[data-crop-name="${frame.dataset.crop}"]`).textContent = frame.dataset.crop.replace("x", ":")
  }
  if (crops) crops.hidden = false

  // Whoever may only look finds the numbers as text.
  const shownNumber = (name) => Number(document.querySelector(`.field-${name} .readonly`)?.textContent.replace(",", ".") ?? 0.5)
  const focal = () => (x && y ? [inside(x.value), inside(y.value)] : [shownNumber("focal_x"), shownNumber("focal_y")])

  const point = document.createElement("span")
  point.className = "focus__point"
  picture.append(point)

  const show = () => {
    const [across, down] = focal()
    point.style.left = `${across * 100}%`
    point.style.top = `${down * 100}%`
    for (const [shown, ratio] of frames) {
      const [left, top] = position(width, height, ratio, across, down)
      shown.style.objectPosition = `${left * 100}% ${top * 100}%`
    }
    if (x && y) picture.setAttribute("aria-valuetext", `${Math.round(across * 100)} % from the left, ${Math.round(down * 100)} % from the top`)
  }

  const set = (across, down) => {
    x.value = inside(across).toFixed(3)
    y.value = inside(down).toFixed(3)
    for (const input of [x, y]) input.dispatchEvent(new Event("input", { bubbles: true }))
  }

  if (x && y) {
    const pointed = (event) => {
      const box = image.getBoundingClientRect()
      set((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height)
    }
    picture.tabIndex = 0
    picture.setAttribute("role", "slider")
    picture.setAttribute("aria-label", "Where crops centre. Click on the picture, or move the point with the arrow keys.")
    picture.setAttribute("aria-valuemin", "0")
    picture.setAttribute("aria-valuemax", "100")
    picture.addEventListener("pointerdown", (event) => {
      if (event.button) return
      event.preventDefault()
      picture.focus({ preventScroll: true })
      picture.setPointerCapture(event.pointerId)
      pointed(event)
    })
    picture.addEventListener("pointermove", (event) => {
      if (picture.hasPointerCapture(event.pointerId)) pointed(event)
    })
    picture.addEventListener("keydown", (event) => {
      const way = KEYS[event.key]
      if (!way) return
      event.preventDefault()
      const step = event.shiftKey ? STEP * 10 : STEP
      const [across, down] = focal()
      set(across + way[0] * step, down + way[1] * step)
    })
    const update = () => {
      picture.setAttribute("aria-valuenow", String(Math.round(focal()[0] * 100)))
      show()
    }
    x.addEventListener("input", update)
    y.addEventListener("input", update)
    update()
  }
  show()
}

// A file that will be refused is said so at once, and one that will not is shown.
const chooser = document.querySelector("#id_file[data-limit]")

if (chooser) {
  const note = document.createElement("p")
  note.className = "file-note"
  note.setAttribute("role", "status")
  chooser.after(note)
  let address = null
  chooser.addEventListener("change", () => {
    const [file] = chooser.files
    if (address) URL.revokeObjectURL(address)
    address = null
    note.replaceChildren()
    if (!file) return
    const message = unfit(file, Number(chooser.dataset.limit))
    chooser.setCustomValidity(message)
    note.textContent = message
    if (message) return
    address = URL.createObjectURL(file)
    const shown = Object.assign(document.createElement("img"), { src: address, alt: "", className: "file-note__picture" })
    shown.addEventListener("error", () => shown.remove()) // HEIC, for one, is not for every browser to show
    note.append(shown)
  })
}
