using System.ComponentModel;
using System.Diagnostics;
using Trama.Captures.Live;
using Trama.Cli.ThisProcess;

namespace Trama.Cli.Commands.Demo;

/// <summary>
/// A user and network namespace of its own, in which an ordinary user may capture: the demo runs itself once more in there, by
/// unshare(1) of util-linux.
/// </summary>
internal static class OwnNetwork
{
    private const string Mark = "TRAMA_DEMO_IN_OWN_NETWORK";
    private static readonly string[] Unshare = ["--user", "--map-root-user", "--net", "--"];

    /// <summary>Whether this process already runs in there.</summary>
    public static bool IsHere => Environment.GetEnvironmentVariable(Mark) == "1";

    /// <summary>Makes the loopback device of a new network usable.</summary>
    public static void Prepare() => NetworkDevices.BringUp("lo");

    /// <summary>Whether such a namespace may be made.</summary>
    public static async Task<bool> IsAllowedAsync()
    {
        try
        {
            using Process trial = Process.Start(new ProcessStartInfo("unshare", [.. Unshare, "true"]) { RedirectStandardError = true })!;
            await trial.WaitForExitAsync();
            return trial.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Runs this program in there with these arguments and gives its exit code.</summary>
    public static async Task<int> RunAsync(params string[] args)
    {
        var start = new ProcessStartInfo("unshare", [.. Unshare, ThisProgram.Path, .. args]);
        start.Environment[Mark] = "1";
        // Who calls is root in there, and no one else exists.
        start.Environment.Remove("SUDO_UID");
        using Process inside = Process.Start(start)!;
        await inside.WaitForExitAsync();
        return inside.ExitCode;
    }
}
