using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;

namespace Trama.Processes.Owning;

/// <summary>The addresses of this machine, asked again every few seconds, since they come and go.</summary>
internal sealed class LocalAddresses
{
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(5);

    private HashSet<IPAddress> _addresses = [];
    private long _askedAt;

    /// <summary>Whether an address is this machine's.</summary>
    public bool Has(IPAddress address)
    {
        if (IPAddress.IsLoopback(address)) return true;
        if (_askedAt == 0 || Stopwatch.GetElapsedTime(_askedAt) > Validity) Ask();
        return _addresses.Contains(address);
    }

    private void Ask()
    {
        _askedAt = Stopwatch.GetTimestamp();
        try
        {
            _addresses = [.. NetworkInterface.GetAllNetworkInterfaces()
                .SelectMany(device => device.GetIPProperties().UnicastAddresses)
                .Select(unicast => new IPAddress(unicast.Address.GetAddressBytes()))];
        }
        catch (NetworkInformationException)
        {
            _addresses = [];
        }
    }
}
