// Many pictures at once: dropped onto the library or chosen, sent a few at a time, each told of on its own line.

import { button, element } from "newsroom/elements"
import { fromHtml } from "newsroom/describe"
import { acceptDrops, filled, post, Queue, unfit, upload } from "newsroom/upload"

// New tiles beyond this many give way to newer ones: the page stays light through a night's five hundred.
const TILES = 120

const intake = document.querySelector("[data-intake]")

if (intake) {
  const part = (name) => intake.querySelector(`[data-${name}]`)
  const limit = Number(intake.dataset.limit)
  const panel = part("progress")
  const list = part("files")
  const bar = part("all")
  const tiles = document.querySelector("[data-tiles]")
  const added = []

  const queue = new Queue({
    changed,
    send: (item, signal) => upload(intake.dataset.intake, item.file, item.fields, { progress: progressOf(item), signal }),
  })

  // What is typed above holds for the files that are dropped from then on.
  function batch() {
    const fields = {}
    for (const input of part("batch").querySelectorAll("input, select, textarea")) if (input.value) fields[input.name] = input.value
    return fields
  }

  function take(files) {
    if (!files.length) return
    const fields = batch()
    const items = files.map((file) => ({ file, fields, name: file.name, loaded: 0, message: "", state: "waiting" }))
    const fit = items.filter((item) => {
      const message = unfit(item.file, limit)
      if (message) queue.refuse(Object.assign(item, { isHopeless: true }), message)
      return !message
    })
    panel.hidden = false
    queue.add(fit)
    tell()
  }

  // A line for a file while something is to be seen or said of it.
  function line(item) {
    if (item.line) return item.line
    item.bar = element("progress", { max: item.file.size || 1, value: 0 })
    item.bar.setAttribute("aria-label", item.name)
    item.note = element("span", { className: "intake__note" })
    item.acts = element("span", { className: "intake__acts" })
    const name = element("span", { className: "intake__name", textContent: item.name })
    item.line = element("li", { className: "intake__file" }, [name, item.bar, item.note, item.acts])
    return item.line
  }

  function progressOf(item) {
    return (loaded, total) => {
      item.loaded = (loaded / (total || 1)) * item.file.size
      item.bar.value = item.loaded
      if (loaded === total) item.note.textContent = "Being looked at…"
      measure()
    }
  }

  function changed(item) {
    const shown = line(item)
    shown.dataset.state = item.state
    item.note.textContent = item.message
    item.acts.replaceChildren()
    if (item.state === "sending") list.prepend(shown)
    else if (item.state === "failed") fail(item, shown)
    else finish(item, shown)
    tell()
  }

  function fail(item, shown) {
    const forget = button("Dismiss", () => {
      queue.failed.delete(item)
      shown.remove()
      tell()
    })
    const retry = button("Try again", () => queue.retry([item]))
    item.acts.append(...(item.isHopeless ? [forget] : [retry, forget]))
    list.append(shown)
  }

  function finish(item, shown) {
    const { answer } = item
    item.file = { size: item.file.size } // lets go of the file itself
    place(answer)
    if (answer.alike.length) compare(item, shown)
    else shown.remove()
  }

  // On top of the grid, newest first, whatever is being searched: this is what just came in.
  function place({ tile, id }) {
    if (!tiles) return
    document.querySelector("[data-none]")?.remove()
    const made = fromHtml(tile)
    made.classList.add("tile--new")
    tiles.prepend(made)
    added.push(id)
    if (added.length > TILES) tileOf(added.shift())?.remove()
  }

  const tileOf = (id) => tiles?.querySelector(`[data-tile="${id}"]`)

  // It looks like one that is there already: the editor decides, and until then both are kept.
  function compare(item, shown) {
    const [other] = item.answer.alike
    const link = element("a", { href: other.url, target: "_blank", rel: "noopener", textContent: other.name })
    const image = element("img", { src: other.thumbnail, alt: "", className: "intake__alike" })
    shown.dataset.state = "alike"
    item.note.replaceChildren(image, element("span", {}, ["Looks like ", link, `, uploaded on ${other.uploaded}.`]))
    item.acts.append(
      button("Keep both", () => {
        shown.remove()
        tell()
      }),
      button("Use the old one, discard this", () => discard(item, shown)),
    )
  }

  async function discard(item, shown) {
    for (const each of item.acts.children) each.disabled = true
    const address = intake.dataset.intake.replace(/upload\/$/, `${item.answer.id}/discard/`)
    try {
      await post(address, filled({}))
      tileOf(item.answer.id)?.remove()
      shown.remove()
    } catch (refusal) {
      item.note.textContent = refusal.message
      for (const each of item.acts.children) each.disabled = false
    }
    tell()
  }

  const measure = () => {
    bar.value = queue.share
  }

  // At most once in a while, so that a screen reader is not talked over.
  let pause = null
  function tell() {
    measure()
    part("retry").hidden = ![...queue.failed].some((item) => !item.isHopeless)
    part("stop").hidden = !queue.isBusy
    bar.hidden = !queue.isBusy
    const more = queue.waiting.length
    part("waiting").hidden = !more
    part("waiting").textContent = more === 1 ? "1 more is waiting." : `${more} more are waiting.`
    pause ??= setTimeout(
      () => {
        pause = null
        part("status").textContent = sentence()
      },
      queue.isBusy ? 500 : 0,
    )
  }

  function sentence() {
    const failed = queue.failed.size
    const whole = `${queue.done} of ${queue.total} uploaded`
    return [queue.isBusy || failed ? whole : `All ${queue.done} uploaded`, failed && `${failed} failed`].filter(Boolean).join(", ")
  }

  part("chooser").addEventListener("change", ({ target }) => {
    take([...target.files])
    target.value = ""
  })
  part("retry").addEventListener("click", () => queue.retry([...queue.failed].filter((item) => !item.isHopeless)))
  part("stop").addEventListener("click", () => queue.stop())
  acceptDrops(document.documentElement, take, part("drop"))
  addEventListener("beforeunload", (event) => {
    if (queue.isBusy) event.preventDefault()
  })
  intake.hidden = false
}
