// Reads a dashboard as Grafana's own types describe it, and reports fields that are wrong, unknown or missing. Below
// fieldConfig, unknown ones pass.
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/grafana/grafana-foundation-sdk/go/prometheus"
	"github.com/grafana/grafana-foundation-sdk/go/timeseries"
)

func main() {
	// Other kinds of panels and queries need theirs; queries of an unknown kind are not looked at.
	cog.NewRuntime().RegisterPanelcfgVariant(timeseries.VariantConfig())
	cog.NewRuntime().RegisterDataqueryVariant(prometheus.VariantConfig())
	if err := check(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func check(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var board dashboard.Dashboard
	err = board.UnmarshalJSONStrict(text)
	// Version 0.0.22 returns an empty list of errors when a query has none.
	var found cog.BuildErrors
	if errors.As(err, &found) && len(found) == 0 {
		err = nil
	}
	return errors.Join(err, board.Validate())
}
