using System.Globalization;

namespace Trama.Framing.Smb2;

/// <summary>How a command ended ([MS-ERREF] section 2.3), by name where it is a usual one.</summary>
internal static class NtStatus
{
    /// <summary>The answer follows.</summary>
    public const uint Pending = 0x103;

    private const uint MoreProcessingRequired = 0xc0000016;
    private const uint EndOfFile = 0xc0000011;
    private const uint Error = 0xc0000000;

    /// <summary>Whether a status is an error: the next step of a logon and the end of a file are none.</summary>
    public static bool IsFailure(uint status) => status >= Error && status is not (MoreProcessingRequired or EndOfFile);

    /// <summary>Writes a status.</summary>
    public static void Write(uint status, ref ShortText text)
    {
        ReadOnlySpan<byte> name = Name(status);
        if (!name.IsEmpty)
        {
            text.Add("STATUS_"u8);
            text.Add(name);
            return;
        }

        Span<byte> digits = stackalloc byte[8];
        status.TryFormat(digits, out _, "x8", CultureInfo.InvariantCulture);
        text.Add("0x"u8);
        text.Add(digits);
    }

    private static ReadOnlySpan<byte> Name(uint status) => status switch
    {
        0 => "SUCCESS"u8,
        Pending => "PENDING"u8,
        0x10b => "NOTIFY_CLEANUP"u8,
        0x10c => "NOTIFY_ENUM_DIR"u8,
        0x80000005 => "BUFFER_OVERFLOW"u8,
        0x80000006 => "NO_MORE_FILES"u8,
        0x8000002d => "STOPPED_ON_SYMLINK"u8,
        0xc0000001 => "UNSUCCESSFUL"u8,
        0xc0000002 => "NOT_IMPLEMENTED"u8,
        0xc0000003 => "INVALID_INFO_CLASS"u8,
        0xc0000008 => "INVALID_HANDLE"u8,
        0xc000000d => "INVALID_PARAMETER"u8,
        0xc000000e => "NO_SUCH_DEVICE"u8,
        0xc000000f => "NO_SUCH_FILE"u8,
        0xc0000010 => "INVALID_DEVICE_REQUEST"u8,
        EndOfFile => "END_OF_FILE"u8,
        MoreProcessingRequired => "MORE_PROCESSING_REQUIRED"u8,
        0xc0000022 => "ACCESS_DENIED"u8,
        0xc0000023 => "BUFFER_TOO_SMALL"u8,
        0xc0000033 => "OBJECT_NAME_INVALID"u8,
        0xc0000034 => "OBJECT_NAME_NOT_FOUND"u8,
        0xc0000035 => "OBJECT_NAME_COLLISION"u8,
        0xc000003a => "OBJECT_PATH_NOT_FOUND"u8,
        0xc0000043 => "SHARING_VIOLATION"u8,
        0xc0000054 => "FILE_LOCK_CONFLICT"u8,
        0xc0000055 => "LOCK_NOT_GRANTED"u8,
        0xc0000056 => "DELETE_PENDING"u8,
        0xc000006d => "LOGON_FAILURE"u8,
        0xc0000072 => "ACCOUNT_DISABLED"u8,
        0xc000007f => "DISK_FULL"u8,
        0xc000009a => "INSUFFICIENT_RESOURCES"u8,
        0xc00000ba => "FILE_IS_A_DIRECTORY"u8,
        0xc00000bb => "NOT_SUPPORTED"u8,
        0xc00000c9 => "NETWORK_NAME_DELETED"u8,
        0xc00000cc => "BAD_NETWORK_NAME"u8,
        0xc0000101 => "DIRECTORY_NOT_EMPTY"u8,
        0xc0000103 => "NOT_A_DIRECTORY"u8,
        0xc0000120 => "CANCELLED"u8,
        0xc0000128 => "FILE_CLOSED"u8,
        0xc0000203 => "USER_SESSION_DELETED"u8,
        0xc0000225 => "NOT_FOUND"u8,
        0xc0000257 => "PATH_NOT_COVERED"u8,
        0xc000035c => "NETWORK_SESSION_EXPIRED"u8,
        _ => default,
    };
}
