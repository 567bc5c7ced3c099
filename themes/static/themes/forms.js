// Brings what is wrong to readers of any kind; without this file it stands above the form.
"use strict";

document.getElementById("loi")?.focus();
