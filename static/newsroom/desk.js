// The article form: headlines are one line, and the publish button says what it will do.

for (const field of document.querySelectorAll("textarea[data-one-line]")) {
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) event.preventDefault()
  })
}

const publish = document.querySelector("[data-act=publish]")
const day = document.querySelector("#id_published_at_0")
const hour = document.querySelector("#id_published_at_1")

// The desk's clock may run in another zone than this machine's; Django tells the difference on the body.
function chosenTime() {
  const date = day.value.trim().replace(/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, (_, d, m, y) => `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`)
  const time = Date.parse(`${date}T${hour.value.trim() || "00:00:00"}Z`)
  return time - Number(document.body.dataset.adminUtcOffset || 0) * 1000
}

function label() {
  if (!day.value) return "Publish now"
  const time = chosenTime()
  if (Number.isNaN(time)) return "Publish"
  return time > Date.now() ? "Schedule" : "Publish with the date given"
}

if (publish && day && hour) {
  const update = () => { publish.textContent = label() }
  // Django's calendar and clock set the fields without an event, so a moment's look now and then is needed.
  update()
  setInterval(update, 700)
}
