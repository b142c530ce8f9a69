namespace Trama.Framing.WebSocket;

/// <summary>Why a WebSocket is closed (RFC 6455 section 7.4.1).</summary>
internal static class CloseCode
{
    /// <summary>What stands for a close without a code.</summary>
    public const int None = 1005;

    /// <summary>How many bytes it has.</summary>
    public const int Size = 2;

    private const int Last = 4999;
    private const int Normal = 1000;
    private const int GoingAway = 1001;

    /// <summary>Whether a number is a code.</summary>
    public static bool IsKnown(int code) => code is >= Normal and <= Last;

    /// <summary>Whether a code says that something went wrong.</summary>
    public static bool IsFailure(int code) => code is not (Normal or GoingAway or None);
}
