namespace Trama.Framing.Tls.Handshake;

/// <summary>What a ClientHello or a ServerHello says to everyone (RFC 8446 sections 4.1.2 and 4.1.3). One that contradicts itself is read
/// as far as it goes.</summary>
internal ref struct Hello
{
    // The random of a ServerHello that is a HelloRetryRequest: the SHA-256 of that word (RFC 8446 section 4.1.3).
    private static ReadOnlySpan<byte> RetryRandom =>
    [
        0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
        0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
    ];

    /// <summary>Whether a client says it.</summary>
    public bool IsClient { get; private init; }

    /// <summary>The version chosen, or the highest one offered; 0 when it is not there.</summary>
    public ushort Version { get; private set; }

    /// <summary>The random bytes; 32, or fewer when they are cut.</summary>
    public ReadOnlySpan<byte> Random { get; private set; }

    /// <summary>The identifier of the session to resume, or made up to look so.</summary>
    public ReadOnlySpan<byte> SessionId { get; private set; }

    /// <summary>Of a server: the suite chosen.</summary>
    public ushort Suite { get; private set; }

    /// <summary>Of a server: the compression chosen, 0 for none.</summary>
    public byte Compression { get; private set; }

    /// <summary>The server's name that the client asks for.</summary>
    public ReadOnlySpan<byte> ServerName { get; private set; }

    /// <summary>The application protocols: a list of vectors, of one when a server says it.</summary>
    public ReadOnlySpan<byte> Protocols { get; private set; }

    /// <summary>The session ticket.</summary>
    public ReadOnlySpan<byte> Ticket { get; private set; }

    /// <summary>Whether the MAC is to be of the ciphertext.</summary>
    public bool EncryptThenMac { get; private set; }

    /// <summary>Whether the master secret is to depend on the whole handshake.</summary>
    public bool ExtendedMasterSecret { get; private set; }

    /// <summary>Of a server: whether the connection goes on from a secret shared before.</summary>
    public bool HasPreSharedKey { get; private set; }

    /// <summary>Whether data follow that the server has not asked for yet.</summary>
    public bool HasEarlyData { get; private set; }

    /// <summary>Whether it asks the client for another hello.</summary>
    public readonly bool IsRetry => !IsClient && Random.SequenceEqual(RetryRandom);

    /// <summary>Reads a hello.</summary>
    /// <param name="body">The message without its header.</param>
    /// <param name="isClient">Whether a client says it.</param>
    public static Hello Read(ReadOnlySpan<byte> body, bool isClient)
    {
        var fields = new HelloReader(body);
        var hello = new Hello { IsClient = isClient, Version = fields.U16(), Random = fields.Take(32), SessionId = fields.Vector8() };
        if (isClient)
        {
            _ = fields.Vector16();
            _ = fields.Vector8();
        }
        else
        {
            (hello.Suite, hello.Compression) = (fields.U16(), fields.U8());
        }

        hello.ReadExtensions(fields.Vector16());
        return hello;
    }

    /// <summary>Reads a list of extensions.</summary>
    public void ReadExtensions(ReadOnlySpan<byte> extensions)
    {
        var fields = new HelloReader(extensions);
        while (fields.Rest.Length >= 4)
        {
            var type = (ExtensionType)fields.U16();
            ReadOnlySpan<byte> data = fields.Vector16();
            switch (type)
            {
                case ExtensionType.ServerName: ServerName = HostName(data); break;
                case ExtensionType.ApplicationProtocols: Protocols = new HelloReader(data).Vector16(); break;
                case ExtensionType.EncryptThenMac: EncryptThenMac = true; break;
                case ExtensionType.ExtendedMasterSecret: ExtendedMasterSecret = true; break;
                case ExtensionType.SessionTicket: Ticket = data; break;
                case ExtensionType.PreSharedKey: HasPreSharedKey = true; break;
                case ExtensionType.EarlyData: HasEarlyData = true; break;
                case ExtensionType.SupportedVersions: Version = ChooseVersion(data); break;
            }
        }
    }

    private static ReadOnlySpan<byte> HostName(ReadOnlySpan<byte> data)
    {
        var names = new HelloReader(new HelloReader(data).Vector16());
        return names.U8() == 0 ? names.Vector16() : default;
    }

    // A client lists the versions it speaks, among them values that mean nothing (RFC 8701); a server names the one chosen.
    private readonly ushort ChooseVersion(ReadOnlySpan<byte> data)
    {
        var fields = new HelloReader(data);
        if (!IsClient) return data.Length == 2 ? fields.U16() : Version;
        ushort highest = 0;
        for (var list = new HelloReader(fields.Vector8()); list.Rest.Length >= 2;)
        {
            ushort version = list.U16();
            if (version is >= TlsVersion.Ssl30 and <= TlsVersion.Tls13 && version > highest) highest = version;
        }

        return highest == 0 ? Version : highest;
    }
}
