namespace Trama.Framing.Smb2;

/// <summary>The commands of SMB 2 ([MS-SMB2] section 2.2.1.2).</summary>
internal static class Smb2Command
{
    /// <summary>The client gives up what it asked; nothing answers that itself.</summary>
    public const int Cancel = 12;

    /// <summary>The server answers when something changes.</summary>
    public const int ChangeNotify = 15;

    /// <summary>Who holds a file open is to let others in.</summary>
    public const int OplockBreak = 18;

    private const int Logoff = 2;

    /// <summary>The name of a command; empty for an unknown one.</summary>
    public static ReadOnlySpan<byte> Name(int command) => command switch
    {
        0 => "NEGOTIATE"u8,
        1 => "SESSION_SETUP"u8,
        Logoff => "LOGOFF"u8,
        3 => "TREE_CONNECT"u8,
        4 => "TREE_DISCONNECT"u8,
        5 => "CREATE"u8,
        6 => "CLOSE"u8,
        7 => "FLUSH"u8,
        8 => "READ"u8,
        9 => "WRITE"u8,
        10 => "LOCK"u8,
        11 => "IOCTL"u8,
        Cancel => "CANCEL"u8,
        13 => "ECHO"u8,
        14 => "QUERY_DIRECTORY"u8,
        ChangeNotify => "CHANGE_NOTIFY"u8,
        16 => "QUERY_INFO"u8,
        17 => "SET_INFO"u8,
        OplockBreak => "OPLOCK_BREAK"u8,
        _ => default,
    };
}
