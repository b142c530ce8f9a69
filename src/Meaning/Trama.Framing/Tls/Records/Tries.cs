namespace Trama.Framing.Tls.Records;

/// <summary>How often a connection may still try to open a record in vain. Each record that is opened gives some tries back, so that they
/// grow with the connection and no faster.</summary>
internal sealed class Tries
{
    private const int Most = 8192;
    private const int PerRecord = 4;

    private int _left = Most;

    /// <summary>Whether there are none left.</summary>
    public bool AreSpent => _left <= 0;

    /// <summary>A try was in vain.</summary>
    public void Fail() => _left--;

    /// <summary>A try was not in vain.</summary>
    public void Succeed() => _left = Math.Min(Most, _left + PerRecord);
}
