using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using Trama.Namespaces;
using Trama.Namespaces.Native;
using Trama.Processes.Facts;
using Trama.Run.Gateway;
using Trama.Run.Inside;
using Trama.Run.Native;

namespace Trama.Run;

/// <summary>
/// A command in a user and network namespace of its own, with a gateway of ours for its way out. The command keeps the user, the
/// terminal, the streams and the process number under which it was started.
/// </summary>
public sealed class OwnNetworkCommand : IDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(300);

    private readonly Process _process;
    private readonly CommandGateway _gateway;
    private readonly InsideSockets _sockets;
    private readonly Thread _passing;

    private OwnNetworkCommand(Process process, CommandGateway gateway, InsideSockets sockets)
    {
        (_process, _gateway, _sockets) = (process, gateway, sockets);
        _passing = new Thread(gateway.Run) { Name = "gateway", IsBackground = true };
        _passing.Start();
    }

    /// <summary>The number of the command's process.</summary>
    public int Id => _process.Id;

    /// <summary>Whether its device is a TUN device, and not one of a pair.</summary>
    public bool HasTunDevice { get; private init; }

    /// <summary>How many of the command's packets found no room at the gateway and were not seen; after <see cref="Wait"/>.</summary>
    public long Lost => _gateway.Lost;

    /// <summary>How many attempts to connect had to wait, since this process had no file handle left; after <see cref="Wait"/>.</summary>
    public long WithoutHandle => _gateway.WithoutHandle;

    /// <summary>Starts a command.</summary>
    /// <param name="program">The path of this program, which is what first runs within.</param>
    /// <param name="command">The command and its arguments.</param>
    /// <param name="settings">How it is run.</param>
    /// <exception cref="NamespaceException">The system does not allow it; the command was not run.</exception>
    public static OwnNetworkCommand Start(string program, IReadOnlyList<string> command, OwnNetworkSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        string folder = Directory.CreateTempSubdirectory("trama-run-").FullName;
        try
        {
            string path = Path.Combine(folder, "gateway");
            using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen(1);
            var start = new ProcessStartInfo(
                Unshare(), ["--user", "--map-current-user", "--keep-caps", "--net", "--", program, InsideEntry.Mark, path, .. command]);
            foreach ((string name, string value) in settings.Environment) start.Environment[name] = value;
            Process process = Begin(start);
            using Socket inside = Accept(listener, process);
            SafeFileHandle device = DescriptorPassing.Receive(inside, out byte kind)
                ?? throw new NamespaceException(NamespaceFailure.Device, "trama0", "the network within could not be set up");
            IDeviceEnd end = kind == DescriptorPassing.Pair ? new DevicePair(device) : new TunDevice(device);
            SafeFileHandle? loopback = DescriptorPassing.Receive(inside, out _);
            int shown = ProcessNumbers.InProc(process.Id);
            var sockets = new InsideSockets(shown, DescriptorPassing.Receive(inside, out _));
            settings.Starting(shown, sockets);
            var gateway = new CommandGateway(shown, sockets, end, loopback is null ? null : new LoopbackEntry(loopback), settings);
            var running = new OwnNetworkCommand(process, gateway, sockets) { HasTunDevice = kind == DescriptorPassing.Tun };
            inside.Send([1]);
            return running;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Waits until the command has ended, and until what it said last is on its way.</summary>
    /// <returns>Its exit code; 128 and more when a signal ended it.</returns>
    public int Wait()
    {
        _process.WaitForExit();
        var last = Stopwatch.StartNew();
        while (_gateway.IsBusy && last.Elapsed < LastWords) Thread.Sleep(5);
        _gateway.Stop();
        _passing.Join();
        return _process.ExitCode;
    }

    /// <summary>Sends the command a signal.</summary>
    public void Signal(int signal) => Signal(_process.Id, signal);

    /// <summary>Sends a process a signal.</summary>
    public static void Signal(int process, int signal) => OtherProgram.Signal(process, signal);

    /// <inheritdoc/>
    public void Dispose()
    {
        _gateway.Dispose();
        _sockets.Dispose();
        _process.Dispose();
    }

    // Where the shell would find it: the runtime looks into the current folder first.
    private static string Unshare() => (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin").Split(':')
        .Where(Path.IsPathRooted).Select(folder => Path.Combine(folder, "unshare")).FirstOrDefault(File.Exists)
        ?? throw new NamespaceException(NamespaceFailure.NotSupported, "unshare", "not installed (util-linux)");

    private static Process Begin(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new NamespaceException(NamespaceFailure.NotSupported, "unshare", error.Message);
        }
    }

    private static Socket Accept(Socket listener, Process process)
    {
        while (!listener.Poll(TimeSpan.FromMilliseconds(20), SelectMode.SelectRead))
        {
            if (process.HasExited)
                throw new NamespaceException(NamespaceFailure.NotPermitted, "unshare", "user namespaces are not allowed");
        }

        return listener.Accept();
    }
}
