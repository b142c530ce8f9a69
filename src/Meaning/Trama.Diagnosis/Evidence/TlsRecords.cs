namespace Trama.Diagnosis.Evidence;

/// <summary>What a TLS record is for (RFC 8446 section 5.1), as far as a diagnosis asks.</summary>
internal enum TlsRecord : byte
{
    /// <summary>It is none, or one that matters to nobody.</summary>
    None,

    /// <summary>A change of ciphers.</summary>
    ChangeCipherSpec,

    /// <summary>A fatal alert in the clear.</summary>
    FatalAlert,

    /// <summary>A part of the handshake.</summary>
    Handshake,

    /// <summary>Application data, sealed.</summary>
    ApplicationData,

    /// <summary>Application data, of TLS 1.2 or later.</summary>
    LaterApplicationData,
}

/// <summary>Reads the heads of TLS records.</summary>
internal static class TlsRecords
{
    /// <summary>What a payload's first eight bytes say, the first one highest.</summary>
    /// <param name="head">They.</param>
    /// <param name="message">Of a handshake, the type of its message; of an alert, its description; else 0.</param>
    public static TlsRecord Of(ulong head, out byte message)
    {
        message = 0;
        if (((head >> 48) & 0xff) != 3) return TlsRecord.None;
        switch (head >> 56)
        {
            case 0x14: return TlsRecord.ChangeCipherSpec;
            // Two bytes: level and description.
            case 0x15 when ((head >> 24) & 0xffff) == 2 && ((head >> 16) & 0xff) == 2:
                message = (byte)(head >> 8);
                return TlsRecord.FatalAlert;
            case 0x16:
                message = (byte)(head >> 16);
                return TlsRecord.Handshake;
            case 0x17: return ((head >> 40) & 0xff) == 3 ? TlsRecord.LaterApplicationData : TlsRecord.ApplicationData;
            default: return TlsRecord.None;
        }
    }
}
