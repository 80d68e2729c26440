// A picture file that is dropped or pasted into the text goes to the library, and stands in the text then.

import { crel, Extension, Plugin, pm } from "django-prose-editor/editor"
import { freshId } from "newsroom/elements"
import { filesOf, upload } from "newsroom/upload"

const { Decoration, DecorationSet } = pm.view

// Of what is under way, each where the picture will stand.
const notes = new pm.state.PluginKey("uploads")

export const Upload = Extension.create({
  name: "upload",
  addOptions: () => ({ uploadUrl: null }),

  addProseMirrorPlugins() {
    const { editor, options } = this
    const receive = (transfer, place) => {
      const files = filesOf(transfer)
      for (const file of files) take(editor, options.uploadUrl, file, place)
      return files.length > 0
    }
    return [
      new Plugin({
        key: notes,
        state: {
          init: () => DecorationSet.empty,
          apply(tr, shown) {
            const { add, gone } = tr.getMeta(notes) ?? {}
            let now = shown.map(tr.mapping, tr.doc)
            if (gone) now = now.remove(now.find(null, null, ({ key }) => key === gone))
            return add ? now.add(tr.doc, [Decoration.widget(add.place, add.note, { key: add.key })]) : now
          },
        },
        props: {
          decorations: (state) => notes.getState(state),
          handleDrop(view, event, slice, isMoved) {
            const place = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? view.state.doc.content.size
            return !isMoved && receive(event.dataTransfer, place)
          },
          handlePaste(view, { clipboardData }) {
            // Word and its like send a picture of the words along.
            const page = new DOMParser().parseFromString(clipboardData?.getData("text/html") ?? "", "text/html")
            return !page.body.textContent.trim() && receive(clipboardData, view.state.selection.from)
          },
        },
      }),
    ]
  },
})

async function take(editor, address, file, place) {
  const key = freshId()
  const note = crel("div", { className: "desk-upload", contentEditable: "false", role: "status" }, [`Uploading ${file.name} …`])
  const tell = (meta) => editor.view.dispatch(editor.state.tr.setMeta(notes, meta))
  tell({ add: { key, note, place } })
  try {
    const progress = (sent, size) => (note.textContent = `Uploading ${file.name}: ${Math.round((100 * sent) / size)} %`)
    const picture = await upload(address, file, {}, { progress })
    const [shown] = notes.getState(editor.state).find(null, null, (each) => each.key === key)
    tell({ gone: key })
    editor.commands.insertPicture(picture, shown?.from) // gone with the words around it
  } catch (refusal) {
    const dismiss = crel("button", { type: "button", className: "act", textContent: "Dismiss" })
    dismiss.addEventListener("click", () => tell({ gone: key }))
    note.setAttribute("role", "alert")
    note.replaceChildren(`${file.name} was not uploaded. ${refusal.message}`, dismiss)
  }
}
