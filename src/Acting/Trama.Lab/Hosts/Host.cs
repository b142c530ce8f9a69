using System.Net;
using Trama.Namespaces;
using Trama.Namespaces.Native;

namespace Trama.Lab.Hosts;

/// <summary>A host of the lab: a network namespace with one TUN device, which leads everywhere. Its programs are threads.</summary>
internal sealed class Host : IDisposable
{
    private const string DeviceName = "lab0";

    private readonly NetworkNamespace _network;

    private Host(NetworkNamespace network, TunDevice device, IPAddress address, HostSettings settings) =>
        (_network, Device, Address, Settings) = (network, device, address, settings);

    /// <summary>The device, from its far end.</summary>
    public TunDevice Device { get; }

    /// <summary>The host's address.</summary>
    public IPAddress Address { get; }

    /// <summary>How its kernel speaks TCP.</summary>
    public HostSettings Settings { get; }

    /// <summary>Makes a host.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="settings">How its kernel speaks TCP.</param>
    /// <param name="other">Another address that it has, too.</param>
    /// <exception cref="NamespaceException">This is not allowed here.</exception>
    public static Host Create(IPAddress address, HostSettings settings, IPAddress? other = null)
    {
        Host? host = null;
        Exception? failure = null;
        // The thread that leaves its network cannot come back, so it is one of its own.
        var thread = new Thread(() =>
        {
            try
            {
                host = CreateHere(address, settings, other);
            }
            catch (Exception error) when (error is NamespaceException or IOException or UnauthorizedAccessException
                or System.Net.Sockets.SocketException)
            {
                failure = error as NamespaceException ?? new NamespaceException(NamespaceFailure.Device, DeviceName, error.Message);
            }
        });
        thread.Start();
        thread.Join();
        return host ?? throw failure!;
    }

    /// <summary>Starts a program on this host: every socket that it makes is in this host's network.</summary>
    public Thread Start(Action program)
    {
        var thread = new Thread(() =>
        {
            _network.Enter();
            program();
        })
        { IsBackground = true };
        thread.Start();
        return thread;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Device.Dispose();
        _network.Dispose();
    }

    private static Host CreateHere(IPAddress address, HostSettings settings, IPAddress? other)
    {
        var network = NetworkNamespace.Create();
        TunDevice? device = null;
        try
        {
            device = new TunDevice(DeviceName);
            DeviceSetup.BringUp("lo");
            DeviceSetup.LimitPackets(DeviceName, settings.Mtu);
            settings.Apply();
            DeviceSetup.BringUp(DeviceName);
            DeviceSetup.Connect(DeviceName, address);
            if (other is not null) DeviceSetup.AddAddress(DeviceName, other);
            return new Host(network, device, address, settings);
        }
        catch
        {
            device?.Dispose();
            network.Dispose();
            throw;
        }
    }
}
