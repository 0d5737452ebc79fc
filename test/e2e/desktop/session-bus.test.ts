import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findBinary } from '../../../scripts/lib/system.mjs';
import { isOnBus, isOnBusNow, notificationCapabilities } from '../../../src-main/desktop/session-bus.ts';
import { openNotificationService } from '../../support/notification-service.ts';
import { lacks } from '../../support/servers/ready.ts';
import { openSessionBus } from '../../support/session-bus.ts';
import { testFolder } from '../../support/test-folder.ts';
import { openDisplay } from './display.ts';

const NOTIFICATIONS = 'org.freedesktop.Notifications';

describe.skipIf(lacks('display', 'session', 'notifications'))('the bus of a session', () => {
  for (const program of ['gdbus', 'dbus-send', 'busctl']) {
    const path = findBinary(program);
    it.skipIf(path === undefined)(`is asked by ${program}, where there is nothing else`, async () => {
      const folder = testFolder();
      mkdirSync(join(folder, 'bin'));
      symlinkSync(path ?? '', join(folder, 'bin', program));
      const screen = await openDisplay();
      onTestFinished(screen.close);
      const bus = await openSessionBus(folder);
      onTestFinished(bus.close);
      const env = { ...bus.env, PATH: join(folder, 'bin') };
      expect(await isOnBus(NOTIFICATIONS, env)).toBe(false);
      expect(await notificationCapabilities(env)).toBeUndefined();

      await openNotificationService(bus, { folder, display: screen.display });

      expect(await isOnBus(NOTIFICATIONS, env)).toBe(true);
      expect(isOnBusNow(NOTIFICATIONS, env)).toBe(true);
      expect(isOnBusNow('org.example.Nobody', env)).toBe(false);
      expect(await notificationCapabilities(env)).toEqual(
        expect.arrayContaining(['actions', 'body', 'body-markup']),
      );
    });
  }
});
