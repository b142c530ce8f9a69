using System.Reflection;
using Trama.Reports.Findings;
using Trama.Reports.Forms;
using Trama.Tracing;
using Trama.Tracing.Joining;

namespace Trama.Reports.Tests;

/// <summary>What stands between a tracker and a form passes on everything that a form may want to hear.</summary>
public class PassedOnTests
{
    public static TheoryData<Type> Between() =>
        [typeof(SeveralForms), typeof(JudgedConnections), typeof(VantagePoint),
            typeof(Report).Assembly.GetType("Trama.Reports.Forms.SelectedSink")!];

    [Theory]
    [MemberData(nameof(Between))]
    public void Nothing_that_is_told_gets_lost(Type between)
    {
        // What a type leaves to the interface does nothing.
        InterfaceMapping map = between.GetInterfaceMap(typeof(ITraceSink));
        Assert.Empty(map.InterfaceMethods.Zip(map.TargetMethods).Where(pair => pair.Second.DeclaringType != between)
            .Select(pair => pair.First.Name));
    }
}
