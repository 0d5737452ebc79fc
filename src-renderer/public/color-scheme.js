// Before anything is drawn: the look that was chosen last, else the system's.
const kept = localStorage.getItem('botmother.theme');
const isDark = kept === 'dark' || (kept !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
document.documentElement.dataset.mantineColorScheme = isDark ? 'dark' : 'light';
