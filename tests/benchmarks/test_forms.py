from benchmarks.forms import fields

PAGE = """
<form id="logout-form"><input type="hidden" name="csrfmiddlewaretoken" value="other"></form>
<form id="article_form" method="post">
  <input type="hidden" name="csrfmiddlewaretoken" value="token">
  <input name="headline" value="Gəncə &amp; Baku">
  <input type="checkbox" name="is_house" checked><input type="checkbox" name="is_live">
  <textarea name="body">
&lt;p&gt;One&lt;/p&gt;
two</textarea>
  <select name="tags" multiple>
    <option value="1" selected>a<option value="2">b<option value="3" selected>c
  </select>
  <select name="none"><option value="">---</select>
  <input name="credits-__prefix__-role" value="writer">
  <button type="submit" name="_save">Save</button><input type="submit" name="_publish">
</form>
<form><input name="elsewhere" value="1"></form>
"""


def test_a_form_is_sent_as_a_browser_would():
    assert fields(PAGE) == {
        "csrfmiddlewaretoken": ["token"],
        "headline": ["Gəncə & Baku"],
        "is_house": ["on"],
        "body": ["<p>One</p>\ntwo"],
        "tags": ["1", "3"],
    }
