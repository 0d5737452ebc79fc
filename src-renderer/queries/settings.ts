import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SettingKey, type SettingValue, settings } from '../../src-shared/api/settings.ts';
import { getSettings, setSetting } from '../../src-shared/client/window.ts';
import { engine, inTime } from '../client.ts';

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => getSettings(engine, inTime(signal)),
});

/** The value of a setting; its default until the engine has answered. */
export function useSetting<K extends SettingKey>(key: K): SettingValue<K> {
  const { data } = useQuery(settingsQuery);
  const given = data?.find((setting) => setting.key === key)?.value;
  const read = given === undefined ? undefined : settings[key].schema.safeParse(given);
  return (read?.success ? read.data : settings[key].default) as SettingValue<K>;
}

/** Changes a setting at once, on the page as well; when the engine refuses it, the page shows the old value again. */
export function useChangeSetting() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ key, value }: { key: SettingKey; value: string | number | boolean }) =>
      setSetting(engine, { key, value }),
    onMutate({ key, value }) {
      const before = client.getQueryData(settingsQuery.queryKey);
      client.setQueryData(settingsQuery.queryKey, (list) =>
        list?.map((setting) => (setting.key === key ? { ...setting, value } : setting)),
      );
      return before;
    },
    onError: (_error, _change, before) => client.setQueryData(settingsQuery.queryKey, before),
    onSettled: () => client.invalidateQueries({ queryKey: settingsQuery.queryKey }),
  });
}
