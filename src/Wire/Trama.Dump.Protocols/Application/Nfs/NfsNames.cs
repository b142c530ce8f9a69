namespace Trama.Dump.Protocols.Application.Nfs;

/// <summary>The names of NFS numbers (RFC 1813), as tcpdump shows them.</summary>
internal static class NfsNames
{
    /// <summary>The name of a procedure of version 3.</summary>
    public static string Procedure(uint number) => number switch
    {
        0 => "null",
        1 => "getattr",
        2 => "setattr",
        3 => "lookup",
        4 => "access",
        5 => "readlink",
        6 => "read",
        7 => "write",
        8 => "create",
        9 => "mkdir",
        10 => "symlink",
        11 => "mknod",
        12 => "remove",
        13 => "rmdir",
        14 => "rename",
        15 => "link",
        16 => "readdir",
        17 => "readdirplus",
        18 => "fsstat",
        19 => "fsinfo",
        20 => "pathconf",
        21 => "commit",
        25 => "nop",
        _ => $"proc-{number}",
    };

    /// <summary>The procedure of version 3 that does what one of version 2 (RFC 1094) does.</summary>
    public static uint FromVersion2(uint number) => number switch
    {
        0 or 1 or 2 => number,
        4 => 3,
        5 => 5,
        6 => 6,
        8 => 7,
        9 => 8,
        10 => 12,
        11 => 14,
        12 => 15,
        13 => 10,
        14 => 9,
        15 => 13,
        16 => 16,
        17 => 18,
        < 26 => 25,
        _ => number,
    };

    /// <summary>What went wrong.</summary>
    public static string Error(uint status) => status switch
    {
        1 => "Operation not permitted",
        2 => "No such file or directory",
        5 => "Input/output error",
        6 => "Device not configured",
        11 => "Resource deadlock avoided",
        12 => "Cannot allocate memory",
        13 => "Permission denied",
        17 => "File exists",
        18 => "Cross-device link",
        19 => "Operation not supported by device",
        20 => "Not a directory",
        21 => "Is a directory",
        22 => "Invalid argument",
        26 => "Text file busy",
        27 => "File too large",
        28 => "No space left on device",
        30 => "Read-only file system",
        31 => "Too many links",
        45 => "Operation not supported",
        62 => "Too many levels of symbolic links",
        63 => "File name too long",
        66 => "Directory not empty",
        69 => "Disc quota exceeded",
        70 => "Stale NFS file handle",
        71 => "Too many levels of remote in path",
        99 => "Write cache flushed to disk",
        10001 => "Illegal NFS file handle",
        10002 => "Update synchronization mismatch",
        10003 => "READDIR/READDIRPLUS cookie is stale",
        10004 => "Operation not supported",
        10005 => "Buffer or request is too small",
        10006 => "Unspecified error on server",
        10007 => "Object of that type not supported",
        10008 => "Request couldn't be completed in time",
        _ => $"unk {status}",
    };

    /// <summary>The name of a kind of file.</summary>
    public static string FileType(uint type) => type switch
    {
        0 => "NON",
        1 => "REG",
        2 => "DIR",
        3 => "BLK",
        4 => "CHR",
        5 => "LNK",
        7 => "FIFO",
        _ => $"unk-ft {type} ",
    };
}
