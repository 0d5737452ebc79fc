import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';
import type { Text } from '../text/text.ts';
import { mayOpenOutside } from './places.ts';

interface ContextMenuDeps {
  text: Text;
  copy: (words: string) => void;
  openOutside: (url: string) => void;
  copyImage: () => void;
  correct: (word: string) => void;
  learn: (word: string) => void;
}

/** What can be done with what is under the pointer; empty where nothing can. */
export function contextMenu(params: ContextMenuParams, deps: ContextMenuDeps): MenuItemConstructorOptions[] {
  const { text, copy, openOutside, copyImage } = deps;
  const { menu } = text;
  const { linkURL, selectionText, isEditable, editFlags, mediaType, hasImageContents } = params;
  const groups: MenuItemConstructorOptions[][] = [];
  if (isEditable && params.misspelledWord) groups.push(spelling(params, deps));
  if (mayOpenOutside(linkURL)) {
    groups.push([
      { label: menu.openLink, click: () => openOutside(linkURL) },
      { label: menu.copyLink, click: () => copy(linkURL) },
    ]);
  }
  if (mediaType === 'image' && hasImageContents) groups.push([{ label: menu.copyImage, click: copyImage }]);
  if (isEditable) {
    groups.push([
      { label: menu.undo, role: 'undo', enabled: editFlags.canUndo },
      { label: menu.redo, role: 'redo', enabled: editFlags.canRedo },
    ]);
    groups.push([
      { label: menu.cut, role: 'cut', enabled: editFlags.canCut },
      { label: menu.copy, role: 'copy', enabled: editFlags.canCopy },
      { label: menu.paste, role: 'paste', enabled: editFlags.canPaste },
      { label: menu.pastePlain, role: 'pasteAndMatchStyle', enabled: editFlags.canPaste },
      { label: menu.selectAll, role: 'selectAll', enabled: editFlags.canSelectAll },
    ]);
  } else if (selectionText.trim() !== '') {
    groups.push([{ label: menu.copy, role: 'copy', enabled: editFlags.canCopy }]);
  }
  return groups.flatMap((group, place) => (place === 0 ? group : [{ type: 'separator' as const }, ...group]));
}

function spelling(params: ContextMenuParams, { text, correct, learn }: ContextMenuDeps) {
  const { dictionarySuggestions, misspelledWord } = params;
  const suggestions: MenuItemConstructorOptions[] = dictionarySuggestions.map((label) => ({
    label,
    click: () => correct(label),
  }));
  return [
    ...(suggestions.length > 0 ? suggestions : [{ label: text.menu.noSuggestions, enabled: false }]),
    { label: text.menu.addToDictionary, click: () => learn(misspelledWord) },
  ];
}
