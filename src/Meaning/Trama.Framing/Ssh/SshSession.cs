namespace Trama.Framing.Ssh;

/// <summary>What the two directions of a connection know of each other: what each can do, and which of them is sealed.</summary>
internal sealed class SshSession
{
    private byte[]? _ofClient;
    private byte[]? _ofServer;
    private bool _isClientSealed;
    private bool _isServerSealed;

    /// <summary>Whether nothing is in the clear any more.</summary>
    public bool IsSealed => _isClientSealed && _isServerSealed;

    /// <summary>A side seals what it says from here on.</summary>
    public void Seal(Direction direction) => (direction == Direction.ToServer ? ref _isClientSealed : ref _isServerSealed) = true;

    /// <summary>Whether a side seals what it says.</summary>
    public bool Seals(Direction direction) => direction == Direction.ToServer ? _isClientSealed : _isServerSealed;

    /// <summary>A side says what it can do: lists of names, each behind its length (RFC 4253 section 7.1).</summary>
    public void Offer(Direction direction, ReadOnlySpan<byte> lists) =>
        (direction == Direction.ToServer ? ref _ofClient : ref _ofServer) = lists.ToArray();

    /// <summary>Appends what both agree upon, once both have said what they can: key exchange, host key, cipher.</summary>
    public void WriteAgreed(ref ShortText text)
    {
        if (_ofClient is null || _ofServer is null) return;
        for (int list = 0; list < 3; list++)
        {
            text.Add(" "u8);
            text.Add(SshNameLists.FirstCommon(SshNameLists.Of(_ofClient, list), SshNameLists.Of(_ofServer, list)));
        }
    }
}
