using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using Trama.Namespaces;
using Trama.Processes.Sockets;
using Trama.Run.Native;

namespace Trama.Run.Inside;

/// <summary>
/// What this program does within the new network, before it becomes the command: it makes the device, hands it out, and waits until the
/// gateway runs.
/// </summary>
public static class InsideEntry
{
    /// <summary>The first word of such a start; the path of the gateway's socket and the command follow.</summary>
    public const string Mark = "run--inside";

    /// <summary>The first word of a start without a network of its own; the command follows.</summary>
    public const string MarkOnHost = "run--on-host";

    /// <summary>
    /// The first word of the start of what ends the connections within when the gateway is gone; the gateway's process follows.
    /// </summary>
    public const string GuardMark = "run--guard";

    /// <summary>
    /// The first word of the start of what takes a run's folder away when the run is gone; its process and the folder follow.
    /// </summary>
    public const string FolderGuardMark = "run--folder";

    private const int NotFound = 2;

    /// <summary>Becomes the command. Returns only when that failed.</summary>
    /// <param name="path">The path of the gateway's socket.</param>
    /// <param name="command">The command and its arguments.</param>
    /// <param name="problem">What the system says.</param>
    /// <returns>What env(1) returns: 127 when there is no such command, 126 when it cannot be run; 125 when the network failed.</returns>
    public static int Run(string path, IReadOnlyList<string> command, out string problem)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(path));
            using (SafeFileHandle end = InsideNetwork.SetUp(out SafeFileHandle? loopback, out bool isPair))
            {
                DescriptorPassing.Send(socket, end, isPair ? DescriptorPassing.Pair : DescriptorPassing.Tun);
                DescriptorPassing.Send(socket, loopback, DescriptorPassing.Loopback);
                loopback?.Dispose();
            }

            HandOutSockets(socket);

            StartGuard();
            // The gateway ended before it began, and has told why.
            problem = "";
            if (socket.Receive(new byte[1]) != 1) return 125;
        }
        catch (Exception error) when (error is NamespaceException or SocketException or IOException or UnauthorizedAccessException)
        {
            problem = error.Message;
            return 125;
        }

        return Become(command, withGateway: true, out problem);
    }

    private static void HandOutSockets(Socket socket)
    {
        try
        {
            using var sockets = new SocketTable();
            DescriptorPassing.Send(socket, sockets.Handle, DescriptorPassing.Sockets);
        }
        catch (SocketTableException)
        {
            DescriptorPassing.Send(socket, null, DescriptorPassing.Sockets);
        }
    }

    // In a session of its own, so that no signal of the terminal reaches it, and no child of the command's.
    private static void StartGuard()
    {
        var start = new ProcessStartInfo("setsid", ["--fork", Environment.ProcessPath!, GuardMark, $"{Libc.Parent()}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process? guard = Process.Start(start);
            guard?.WaitForExit();
        }
        catch (Win32Exception)
        {
            // Without setsid (util-linux) nobody looks after those who wait.
        }
    }

    /// <summary>Becomes the command as it is. Returns only when that failed.</summary>
    /// <returns>As of <see cref="Run"/>.</returns>
    public static int Become(IReadOnlyList<string> command, out string problem) => Become(command, withGateway: false, out problem);

    private static int Become(IReadOnlyList<string> command, bool withGateway, out string problem)
    {
        int failure = OtherProgram.Become(command, withGateway);
        problem = $"{command[0]}: {System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(failure)}";
        return failure == NotFound ? 127 : 126;
    }
}
