// A click on the picture says where crops centre; the two numbers remain the truth.

const picture = document.querySelector("[data-focus]")
const x = document.querySelector("#id_focal_x")
const y = document.querySelector("#id_focal_y")

if (picture && x && y) {
  const point = document.createElement("span")
  point.className = "focus__point"
  picture.append(point)

  const show = () => {
    point.style.left = `${Number(x.value) * 100}%`
    point.style.top = `${Number(y.value) * 100}%`
  }
  picture.addEventListener("click", (event) => {
    const box = picture.getBoundingClientRect()
    x.value = ((event.clientX - box.left) / box.width).toFixed(3)
    y.value = ((event.clientY - box.top) / box.height).toFixed(3)
    x.dispatchEvent(new Event("input", { bubbles: true }))
    show()
  })
  x.addEventListener("input", show)
  y.addEventListener("input", show)
  show()
}
