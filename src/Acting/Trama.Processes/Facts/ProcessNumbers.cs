using System.Globalization;

namespace Trama.Processes.Facts;

/// <summary>
/// Numbers of processes below <c>/proc</c>, which has those of the namespace in which it was mounted, pid_namespaces(7): in a container
/// that was given another's, the same number is of somebody else.
/// </summary>
public static class ProcessNumbers
{
    /// <summary>Stands for no process: <c>/proc</c> has no such number.</summary>
    public const int None = 0;

    private static readonly bool s_areOurs = AreOurs();

    /// <summary>
    /// The number under which <c>/proc</c> tells of a process of this namespace; <see cref="None"/> where it tells of another.
    /// </summary>
    public static int InProc(int process) => s_areOurs ? process : None;

    private static bool AreOurs()
    {
        try
        {
            return new FileInfo("/proc/self").LinkTarget == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
