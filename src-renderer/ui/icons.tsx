import {
  IconActivityHeartbeat,
  IconAdjustments,
  IconAlertTriangle,
  IconArchive,
  IconArrowBackUp,
  IconArrowDown,
  IconArrowRight,
  IconArrowsLeftRight,
  IconArrowUp,
  IconBan,
  IconBellOff,
  IconBrandTelegram,
  IconCheck,
  IconCheckbox,
  IconChecks,
  IconChevronDown,
  IconChevronRight,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconCopy,
  IconDeviceMobilePlus,
  IconDevices,
  IconDotsVertical,
  IconDownload,
  IconExternalLink,
  IconEye,
  IconEyeOff,
  IconFile,
  IconFileText,
  IconFilter,
  IconFlask,
  IconGauge,
  IconInfoCircle,
  IconKey,
  IconKeyboard,
  IconLayoutSidebarRight,
  IconListDetails,
  IconLock,
  IconLockOpen,
  IconLockQuestion,
  IconMessage2,
  IconMessageCircle,
  IconMessagePlus,
  IconMoodPlus,
  IconMoodSmile,
  IconPackageImport,
  IconPaperclip,
  IconPencil,
  IconPhoto,
  IconPinned,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlugX,
  IconPlus,
  IconRefresh,
  IconRobot,
  IconRotateClockwise,
  IconSearch,
  IconSelector,
  IconServer,
  IconSettings,
  IconShieldCheck,
  IconShieldLock,
  IconShieldX,
  IconSlash,
  IconSparkles,
  IconSunMoon,
  IconTerminal2,
  IconTrash,
  IconUserPlus,
  IconUsers,
  IconWebhook,
  IconWorld,
  IconX,
  type TablerIcon,
} from '@tabler/icons-react';

interface IconProps {
  size?: number;
}

/** One meaning an icon. They are decoration: the words stand beside them, or in the button's name. */
export const icon = (Shape: TablerIcon) =>
  function Icon({ size = 18 }: IconProps) {
    return <Shape aria-hidden="true" size={size} stroke={1.75} />;
  };

export const CheckIcon = icon(IconCheck);
export const ReadIcon = icon(IconChecks);
export const ClockIcon = icon(IconClock);
export const PulseIcon = icon(IconActivityHeartbeat);
export const RefreshIcon = icon(IconRefresh);
export const CopyIcon = icon(IconCopy);
export const ProblemIcon = icon(IconCircleX);
export const WarningIcon = icon(IconAlertTriangle);
export const InfoIcon = icon(IconInfoCircle);
export const TerminalIcon = icon(IconTerminal2);
export const ChatIcon = icon(IconMessageCircle);
export const BotIcon = icon(IconRobot);
export const GearIcon = icon(IconSettings);
export const SearchIcon = icon(IconSearch);
export const PlusIcon = icon(IconPlus);
export const CloseIcon = icon(IconX);
export const MoreIcon = icon(IconDotsVertical);
export const LockIcon = icon(IconLock);
export const OpenLockIcon = icon(IconLockOpen);
export const UnknownLockIcon = icon(IconLockQuestion);
export const ShowIcon = icon(IconEye);
export const HideIcon = icon(IconEyeOff);
export const DeleteIcon = icon(IconTrash);
export const EditIcon = icon(IconPencil);
export const AttachIcon = icon(IconPaperclip);
export const EmojiIcon = icon(IconMoodSmile);
export const SendIcon = icon(IconArrowUp);
export const SlashIcon = icon(IconSlash);
export const FileIcon = icon(IconFile);
export const DownloadIcon = icon(IconDownload);
export const SidePanelIcon = icon(IconLayoutSidebarRight);
export const OpenIcon = icon(IconChevronRight);
export const OutsideIcon = icon(IconExternalLink);
export const AddPersonIcon = icon(IconUserPlus);
export const KeyIcon = icon(IconKey);
export const RevokeIcon = icon(IconBan);
export const WebhookIcon = icon(IconWebhook);
export const ServerIcon = icon(IconServer);
export const TryIcon = icon(IconPlayerPlay);
export const ReplayIcon = icon(IconRotateClockwise);
export const AdjustIcon = icon(IconAdjustments);
export const PeopleIcon = icon(IconUsers);
export const NetworkIcon = icon(IconWorld);
export const ShieldIcon = icon(IconShieldLock);
export const BackupIcon = icon(IconArchive);
export const LogIcon = icon(IconFileText);
export const AuditIcon = icon(IconListDetails);
export const SandboxIcon = icon(IconFlask);
export const RestoreIcon = icon(IconPackageImport);
export const ThemeIcon = icon(IconSunMoon);
export const KeyboardIcon = icon(IconKeyboard);
export const LimitIcon = icon(IconGauge);
export const AiIcon = icon(IconSparkles);
export const DoneIcon = icon(IconCircleCheck);
export const StopIcon = icon(IconPlayerStop);
export const MenuIcon = icon(IconChevronDown);

// Telegram
export const TelegramIcon = icon(IconBrandTelegram);
export const XmppIcon = icon(IconMessage2);
export const BothWaysIcon = icon(IconArrowsLeftRight);
export const OneWayIcon = icon(IconArrowRight);

// Conversations
export const FilterIcon = icon(IconFilter);
export const NewChatIcon = icon(IconMessagePlus);
export const PinIcon = icon(IconPinned);
export const MutedIcon = icon(IconBellOff);
export const MarkReadIcon = icon(IconCheckbox);
export const SwitchIcon = icon(IconSelector);
export const ReplyIcon = icon(IconArrowBackUp);
export const NewestIcon = icon(IconArrowDown);
export const ReactIcon = icon(IconMoodPlus);
export const PictureIcon = icon(IconPhoto);
export const NewDeviceIcon = icon(IconDeviceMobilePlus);
export const DeviceIcon = icon(IconDevices);
export const TrustedIcon = icon(IconShieldCheck);
export const DistrustedIcon = icon(IconShieldX);
export const LostIcon = icon(IconPlugX);
