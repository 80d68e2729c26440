"""The way in. A parser yields records and never touches the database; `loading.Loader` puts them there."""
