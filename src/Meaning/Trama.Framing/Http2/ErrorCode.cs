namespace Trama.Framing.Http2;

/// <summary>Why a stream or a connection ends (RFC 9113 section 7), by name.</summary>
internal static class ErrorCode
{
    /// <summary>The code that is no error.</summary>
    public const uint NoError = 0;

    /// <summary>The name of a code, or its number when it is an unknown one.</summary>
    public static ReadOnlySpan<byte> Words(uint code) => code switch
    {
        NoError => "NO_ERROR"u8,
        1 => "PROTOCOL_ERROR"u8,
        2 => "INTERNAL_ERROR"u8,
        3 => "FLOW_CONTROL_ERROR"u8,
        4 => "SETTINGS_TIMEOUT"u8,
        5 => "STREAM_CLOSED"u8,
        6 => "FRAME_SIZE_ERROR"u8,
        7 => "REFUSED_STREAM"u8,
        8 => "CANCEL"u8,
        9 => "COMPRESSION_ERROR"u8,
        10 => "CONNECT_ERROR"u8,
        11 => "ENHANCE_YOUR_CALM"u8,
        12 => "INADEQUATE_SECURITY"u8,
        13 => "HTTP_1_1_REQUIRED"u8,
        _ => System.Text.Encoding.ASCII.GetBytes(code.ToString(System.Globalization.CultureInfo.InvariantCulture)),
    };
}
