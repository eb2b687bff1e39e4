"""A printed bulletin's text → an issue, and what an editor changed in one."""
